import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { channelRows, termsPitch } from './channel-rows.ts';

/** Gradient of `BatchNormTraining`. Returns `[dx, dscale [C], doffset [C]]`. */
export const batchNormTrainingGrad: KernelConfig = simdKernel<ExtensionKernels['BatchNormTrainingGrad']['inputs']>(
  'BatchNormTrainingGrad',
  ({ inputs: { dy, x, scale, mean, inverseStd }, backend }) => {
    const { rows, channels, rowsPerTask, tasks } = channelRows(x.shape);
    const [slopes, source, centre] = [backend.pointer(dy), backend.pointer(x), backend.pointer(mean)];
    const [dscale, doffset] = [backend.output([channels]), backend.output([channels])];
    const partials = backend.memoryPool.allocate(tasks * 2 * channels * 4);
    backend.run({
      kernel: 'chunkGradientSums',
      args: [slopes, source, centre, partials.pointer, rows, channels, rowsPerTask],
      tasks,
      work: 2 * rows * channels,
    });
    const pitch = termsPitch(channels);
    const terms = backend.memoryPool.allocate(3 * pitch);
    backend.run({
      kernel: 'combineGradientSums',
      args: [
        ...[partials.pointer, backend.pointer(scale), backend.pointer(inverseStd), dscale.pointer, doffset.pointer],
        ...[terms.pointer, pitch, rows, channels, tasks],
      ],
      tasks: channels,
      work: 2 * tasks * channels,
    });
    partials.release();
    const dx = backend.output(x.shape);
    backend.run({
      kernel: 'batchNormInputGradient',
      args: [slopes, source, centre, terms.pointer, pitch, dx.pointer, rows, channels, rowsPerTask],
      tasks,
      work: 2 * rows * channels,
    });
    terms.release();
    return [dx.info, dscale.info, doffset.info];
  },
);
