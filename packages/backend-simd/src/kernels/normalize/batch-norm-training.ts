import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { channelRows } from './channel-rows.ts';

type Kernel = ExtensionKernels['BatchNormTraining'];

/**
 * Batch norm of `x` `[N, H, W, C]` or `[N, C]` by the statistics of the batch (biased variance).
 * Returns `[y, mean [C], variance [C], inverse standard deviation [C]]`.
 */
export const batchNormTraining: KernelConfig = simdKernel<Kernel['inputs'], Kernel['attrs']>(
  'BatchNormTraining',
  ({ inputs: { x, scale, offset }, attrs: { epsilon }, backend }) => {
    const { rows, channels, rowsPerTask, tasks } = channelRows(x.shape);
    const source = backend.pointer(x);
    const [mean, variance, inverseStd] = [
      backend.output([channels]),
      backend.output([channels]),
      backend.output([channels]),
    ];
    const partials = backend.memoryPool.allocate(tasks * 2 * channels * 4);
    backend.run({
      kernel: 'chunkMoments',
      args: [source, partials.pointer, rows, channels, rowsPerTask],
      tasks,
      work: 2 * rows * channels,
    });
    backend.run({
      kernel: 'combineMoments',
      args: [
        ...[partials.pointer, mean.pointer, variance.pointer, inverseStd.pointer],
        ...[rows, channels, rowsPerTask, epsilon],
      ],
      tasks: channels,
      work: 4 * tasks * channels,
    });
    partials.release();
    const factor = backend.memoryPool.allocate(channels * 4);
    const [scales, deviations] = [backend.pointer(scale), inverseStd.pointer];
    const factors = backend.memoryPool.floats(factor.pointer, channels);
    const inverse = backend.memoryPool.floats(deviations, channels);
    backend.memoryPool.floats(scales, channels).forEach((value, c) => {
      factors[c] = value * inverse[c]!;
    });
    const shift = backend.pointer(offset);
    const y = backend.output(x.shape);
    backend.run({
      kernel: 'channelAffine',
      args: [source, mean.pointer, factor.pointer, shift, y.pointer, rows, channels, rowsPerTask],
      tasks,
      work: rows * channels,
    });
    factor.release();
    return [y.info, mean.info, variance.info, inverseStd.info];
  },
);
