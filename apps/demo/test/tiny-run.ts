import type { Config } from '@cnn/cli/config';
import { DEFAULT_CONFIG } from '../src/state/default-config.ts';

/** A run of two epochs of five steps. */
export const TINY: Config = {
  ...DEFAULT_CONFIG,
  backend: 'simd',
  threads: 1,
  data: { ...DEFAULT_CONFIG.data, trainCount: 40, testCount: 10, batchSize: 8, evalBatchSize: 10 },
  trainer: { ...DEFAULT_CONFIG.trainer, epochs: 2 },
};

/** `TINY` with a network that cannot be made. */
export const IMPOSSIBLE: Config = {
  ...TINY,
  model: { name: 'sequential', layers: [{ name: 'conv2d', outChannels: 2, kernelSize: 99 }] } as Config['model'],
};
