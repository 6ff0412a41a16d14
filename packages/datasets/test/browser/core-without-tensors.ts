/** The part of @cnn/core that data sets use, for a page that has no tensors. */
export { CnnError } from '../../../core/src/errors/cnn-error.ts';
export { nearestName } from '../../../core/src/errors/nearest-name.ts';
export { Generator } from '../../../core/src/random/generator.ts';
