import { type GradConfig, getGradient, registerGradient, unregisterGradient } from '@tensorflow/tfjs-core';
import { activationGradients } from './activation-gradients.ts';
import { arithmeticGradients } from './arithmetic-gradients.ts';
import { batchNormGradients } from './batch-norm-gradients.ts';
import { conv2dGradients } from './conv2d-gradients.ts';
import { depthwiseGradients } from './depthwise-gradients.ts';
import { imageGradients } from './image-gradients.ts';
import { matmulGradients } from './matmul-gradients.ts';
import { poolGradients } from './pool-gradients.ts';
import { reductionGradients } from './reduction-gradients.ts';
import { selectionGradients } from './selection-gradients.ts';
import { shapeGradients } from './shape-gradients.ts';
import { unaryGradients } from './unary-gradients.ts';

const GRADIENTS: readonly GradConfig[] = [
  ...activationGradients,
  ...arithmeticGradients,
  ...batchNormGradients,
  ...conv2dGradients,
  ...depthwiseGradients,
  ...imageGradients,
  ...matmulGradients,
  ...poolGradients,
  ...reductionGradients,
  ...selectionGradients,
  ...shapeGradients,
  ...unaryGradients,
];

/**
 * Teaches tfjs-core, which alone knows no gradient, those of the kernels that networks are made of. Every `Module`
 * calls it when it is built, `selectBackend` after a backend has loaded; calling it again does nothing. Gradients that
 * another package registered are replaced: those of tfjs refuse dilated convolutions and broadcast wrongly.
 */
export function registerGradients(): void {
  for (const gradient of GRADIENTS) {
    const present = getGradient(gradient.kernelName);
    if (present === gradient) continue;
    if (present) unregisterGradient(gradient.kernelName);
    registerGradient(gradient);
  }
}
