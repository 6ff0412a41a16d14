/** Reading and writing files of weights. Import it when it is needed: `await import('./weight-files.ts')`. */
export { exportSafetensors, openWeights } from '@cnn/models';
