import { engine, type GradConfig, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';

type ResizeAttrs = { alignCorners: boolean; halfPixelCenters: boolean; size: [number, number] };

/** Gradients of resizing images. */
export const imageGradients: readonly GradConfig[] = ['ResizeBilinear', 'ResizeNearestNeighbor'].map((kernelName) =>
  defineGradient<ResizeAttrs>(kernelName, { inputs: ['images'] }, (dy, [images], attrs) => ({
    // tfjs's plain kernel names height and width the wrong way round in the shape of its result.
    images: () =>
      reshape(engine().runKernel<Tensor>(`${kernelName}Grad`, { images: images!, dy }, attrs), images!.shape),
  })),
);
