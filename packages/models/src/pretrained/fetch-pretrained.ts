import { CnnError, type StateDict } from '@cnn/core';
import type { ByteCache } from '../cache/byte-cache.ts';
import { checkSha256 } from '../cache/check-sha256.ts';
import { type Preprocessing, readPreprocessing } from '../export/preprocessing.ts';
import { openWeights } from '../weights/read-weights.ts';
import { downloadWeights, type WeightsProgress } from './download-weights.ts';
import { type PretrainedEntry, pretrainedEntry, type WeightsSource } from './pretrained-entry.ts';

/** How weights are had by name. */
export interface FetchPretrainedOptions {
  /** Where downloads are kept. Default: nowhere. */
  readonly cache?: ByteCache;
  /** Called as bytes arrive; not at all when the file was cached. */
  readonly onProgress?: (progress: WeightsProgress) => void;
  /** Ends the download with `aborted`. */
  readonly signal?: AbortSignal;
}

/** Weights of a model, and what it wants its images to be. */
export interface PretrainedWeights {
  /** Names and shapes as in PyTorch, ready for `loadStateDict`. */
  readonly state: StateDict;
  /** What images go through before this network sees them; `undefined` where the file does not say. */
  readonly preprocessing: Preprocessing | undefined;
  /** Name in the zoo of the model that they fit, where it is known. */
  readonly model?: string;
}

/**
 * Weights by name from their public home, checked against its checksum, or from the cache.
 *
 * @example
 * const { state } = await fetchPretrained('resnet18', { cache: browserByteCache() });
 * model.loadStateDict(state);
 * @throws CnnError `invalid-argument` for an unknown name; `network`, `checksum-mismatch` when no home has them.
 */
export async function fetchPretrained(
  name: string | PretrainedEntry,
  options: FetchPretrainedOptions = {},
): Promise<PretrainedWeights> {
  const entry = typeof name === 'string' ? pretrainedEntry(name) : name;
  const { bytes, url } = (await findInCache(entry, options.cache)) ?? (await download(entry, options));
  const { state, metadata } = openWeights(bytes, { name: url });
  return { state, preprocessing: readPreprocessing(metadata) ?? entry.preprocessing, model: entry.model };
}

interface Found {
  readonly bytes: Uint8Array;
  readonly url: string;
}

/** A damaged file in the cache is as good as none. */
async function findInCache(entry: PretrainedEntry, cache: ByteCache | undefined): Promise<Found | undefined> {
  for (const source of cache ? entry.sources : []) {
    const bytes = await cache?.read(cacheKey(entry, source));
    if (!bytes) continue;
    const isSound = await checkSha256(bytes, source.sha256, source.url).then(
      () => true,
      () => false,
    );
    if (isSound) return { bytes, url: source.url };
  }
  return undefined;
}

/** The first home that has the file whole; if none has, the reasons of all. */
async function download(entry: PretrainedEntry, { cache, ...options }: FetchPretrainedOptions): Promise<Found> {
  const failures: CnnError[] = [];
  for (const source of entry.sources) {
    try {
      const bytes = await downloadWeights(source, { ...options, maxBytes: entry.maxBytes });
      await cache?.write(cacheKey(entry, source), bytes);
      return { bytes, url: source.url };
    } catch (error) {
      if (!(error instanceof CnnError) || !['network', 'checksum-mismatch'].includes(error.code)) throw error;
      failures.push(error);
    }
  }
  const [first] = failures;
  if (first && failures.length === 1) throw first;
  throw new CnnError(
    first?.code ?? 'network',
    {
      where: `pretrained ${entry.name}`,
      expected: `the file from one of ${entry.sources.length} homes`,
      received: failures.map(({ message }) => message).join(' '),
      remedy: 'Check the connection, or download the file by other means and name its path',
    },
    { cause: first },
  );
}

/** The file's name under the entry's, for a folder that a person can read. */
function cacheKey({ name }: PretrainedEntry, { url }: WeightsSource): string {
  return `${name}/${url.split('/').pop() || 'weights'}`;
}
