export { openWeightsFile, readWeightsFile } from './weights/read-weights-file.ts';
