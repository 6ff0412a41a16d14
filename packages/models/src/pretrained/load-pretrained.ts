import { stat } from 'node:fs/promises';
import { defaultCacheDir, fileByteCache } from '../cache/file-byte-cache.ts';
import { readPreprocessing } from '../export/preprocessing.ts';
import { openWeightsFile } from '../weights/read-weights-file.ts';
import { type FetchPretrainedOptions, fetchPretrained, type PretrainedWeights } from './fetch-pretrained.ts';

/** How weights are had by name or path. */
export interface LoadPretrainedOptions extends Omit<FetchPretrainedOptions, 'cache'> {
  /** Folder for downloads. Default: `$CNN_CACHE_DIR`, else `cnn` in the user's cache folder. */
  readonly cacheDir?: string;
}

/**
 * Weights by name, downloaded once into a cache folder, or from a local file.
 *
 * @param source `resnet18`, `resnet34`, or the path of a safetensors, `.pt` or `.pth` file.
 * @throws CnnError as `fetchPretrained` and `readWeightsFile`.
 */
export async function loadPretrained(
  source: string,
  { cacheDir = defaultCacheDir(), ...options }: LoadPretrainedOptions = {},
): Promise<PretrainedWeights> {
  const looksLikePath = /[\\/]|\.(safetensors|pth?|bin)(\.gz)?$/.test(source);
  const isFile = looksLikePath || (await stat(source).then((found) => found.isFile(), () => false)); // biome-ignore format: one line
  if (!isFile) return fetchPretrained(source, { ...options, cache: fileByteCache(cacheDir) });
  const { state, metadata } = await openWeightsFile(source);
  return { state, preprocessing: readPreprocessing(metadata) };
}
