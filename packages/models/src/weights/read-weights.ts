import { CnnError, readSafetensors, type StateDict } from '@cnn/core';
import { ByteBudget } from './byte-budget.ts';
import { gunzipWithin } from './inflate-within.ts';
import { type ReadLimits, resolveReadLimits } from './read-limits.ts';
import { readTorchWeights } from './read-torch-weights.ts';
import { describeUnknownWeights, sniffWeightsFormat, type WeightsFormat } from './sniff-weights-format.ts';
import { stripWrapperPrefixes } from './strip-wrapper-prefixes.ts';

/** How to read a file of weights. */
export interface ReadWeightsOptions {
  /** The file's name, for error messages. */
  readonly name: string;
  /** Path of the entry that holds the state dict in a `.pt` file, for example `ema.model`. Default: found by itself. */
  readonly key?: string;
  /** Removes `module.` and `_orig_mod.` where every name begins with it. Default true. */
  readonly stripPrefixes?: boolean;
  /** What is refused before memory is taken for it. */
  readonly limits?: ReadLimits;
}

/** The weights in a file, and what stands beside them. */
export interface WeightsFile {
  /** What the file is, by its content; one that was gzipped is named by what was inside. */
  readonly format: Exclude<WeightsFormat, 'gzip' | 'unknown'>;
  /** Tensors by PyTorch's names. They may be views of the file's bytes: do not write to either. */
  readonly state: StateDict;
  /** Metadata of a safetensors file; empty for others. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a state dict from the bytes of a file: safetensors, or a `.pt`/`.pth` of any PyTorch since 0.1.10, gzipped or not.
 * The format is told by the content. Nothing in the file is executed.
 *
 * @example
 * model.loadStateDict(readWeights(bytes, { name: 'mnist_cnn.pt' }));
 * @throws CnnError `invalid-file` for a damaged or hostile file, `unsupported` for one that holds something else.
 */
export function readWeights(bytes: Uint8Array, options: ReadWeightsOptions): StateDict {
  return openWeights(bytes, options).state;
}

/** As `readWeights`, with the format and the metadata. */
export function openWeights(bytes: Uint8Array, options: ReadWeightsOptions): WeightsFile {
  const { name, key, limits = {}, stripPrefixes = true } = options;
  const format = sniffWeightsFormat(bytes);
  if (format === 'gzip') {
    const budget = new ByteBudget(name, resolveReadLimits(limits, bytes.length).maxExpandedBytes);
    const unpacked = gunzipWithin(bytes, { where: name, budget });
    if (sniffWeightsFormat(unpacked) === 'gzip') throw unknownFormat(name, 'gzip within gzip');
    return openWeights(unpacked, options);
  }
  if (format === 'unknown') throw unknownFormat(name, describeUnknownWeights(bytes));
  const { tensors, metadata } =
    format === 'safetensors'
      ? readSafetensors(bytes, { where: name })
      : { tensors: readTorchWeights(bytes, { format, name, key, limits }), metadata: {} };
  return { format, state: stripPrefixes ? stripWrapperPrefixes(tensors) : tensors, metadata };
}

function unknownFormat(name: string, received: string): CnnError {
  return new CnnError('unsupported', {
    where: name,
    expected: 'weights as safetensors, .pt or .pth',
    received,
    remedy: 'Check that the download is complete, or save the weights in one of these formats',
  });
}
