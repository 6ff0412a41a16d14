import type { ExtensionKernels } from '@cnn/core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { simdKernel } from '../simd-kernel.ts';
import { channelRows, termsPitch } from './channel-rows.ts';

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
    const pitch = termsPitch(channels);
    const terms = backend.memoryPool.allocate(2 * pitch);
    backend.run({
      kernel: 'combineMoments',
      args: [
        ...[source, partials.pointer, mean.pointer, variance.pointer, inverseStd.pointer],
        ...[backend.pointer(scale), backend.pointer(offset), terms.pointer, pitch],
        ...[rows, channels, rowsPerTask, epsilon],
      ],
      tasks: channels,
      work: 4 * tasks * channels,
    });
    partials.release();
    const y = backend.output(x.shape);
    backend.run({
      kernel: 'channelAffine',
      args: [
        ...[source, mean.pointer, terms.pointer, terms.pointer + pitch, y.pointer],
        ...[rows, channels, rowsPerTask],
      ],
      tasks,
      work: rows * channels,
    });
    terms.release();
    return [y.info, mean.info, variance.info, inverseStd.info];
  },
);
