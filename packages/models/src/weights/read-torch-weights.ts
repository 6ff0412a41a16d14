import type { HostTensor } from '@cnn/core';
import { ByteBudget } from './byte-budget.ts';
import { type ReadLimits, resolveReadLimits } from './read-limits.ts';
import type { TorchCheckpoint } from './torch/checkpoint.ts';
import { findStateDict } from './torch/find-state-dict.ts';
import { materializeTensor } from './torch/materialize-tensor.ts';
import { readLegacyCheckpoint } from './torch/read-legacy-checkpoint.ts';
import { readZipCheckpoint } from './torch/read-zip-checkpoint.ts';

const READERS = { 'torch-zip': readZipCheckpoint, 'torch-legacy': readLegacyCheckpoint };

/**
 * The model's state dict in a `.pt` or `.pth` file. Optimizer states and whatever else lies beside it are passed over
 * unread.
 *
 * @param options.key Path of the entry that holds the state dict, where it is not under one of the usual names.
 * @throws CnnError `unsupported` or `invalid-file` with the reason.
 */
export function readTorchWeights(
  bytes: Uint8Array,
  options: { format: 'torch-zip' | 'torch-legacy'; name: string; key?: string | undefined; limits: ReadLimits },
): Map<string, HostTensor> {
  const { format, name, key } = options;
  const limits = resolveReadLimits(options.limits, bytes.length);
  const budget = new ByteBudget(name, limits.maxExpandedBytes);
  const checkpoint: TorchCheckpoint = READERS[format](bytes, name, { limits, budget });
  const tensors = findStateDict(checkpoint.root, name, key);
  return new Map([...tensors].map(([path, tensor]) => [path, materializeTensor(tensor, path, checkpoint.storages)]));
}
