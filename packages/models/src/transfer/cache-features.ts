import { type Batch, CnnError, type HostTensor, type Module, readSafetensors, writeSafetensors } from '@cnn/core';
import { keep, tensor, tidy } from '@tensorflow/tfjs-core';
import type { ByteCache } from '../cache/byte-cache.ts';
import { sha256 } from '../cache/check-sha256.ts';
import { featureCacheObstacle } from './feature-cache-obstacle.ts';
import { FeatureDataset } from './feature-dataset.ts';
import { FeatureHead } from './feature-head.ts';
import { findHead, locate } from './replace-head.ts';
import { stateHash } from './state-hash.ts';

/** What features are computed of, and where they are kept. */
export interface CacheFeaturesOptions {
  /** Of the data set. */
  readonly classNames: readonly string[];
  /** Path of the head, whose input the features are. Default: the last `Linear`. */
  readonly head?: string;
  /** Keeps them beyond this call. Default: nowhere. */
  readonly cache?: ByteCache;
  /** Says which data these are (set, split, files) and what was done to them: with the weights it is the cache's key. */
  readonly key?: {
    /** Which samples, for example a hash of them. */
    readonly data: string;
    /** What was done to them, for example the transforms as JSON. */
    readonly transforms: string;
  };
  /** Called after each batch with the samples done. */
  readonly onProgress?: (progress: { samples: number }) => void;
  /** Ends the work with `aborted`; nothing is kept. */
  readonly signal?: AbortSignal;
}

/** Features of a data set, and the head that they are for. */
export interface CachedFeatures {
  /** Give it to a loader without transforms. */
  readonly dataset: FeatureDataset;
  /** The model's own head: what it learns, the model has learnt. */
  readonly head: FeatureHead;
  /** True when nothing had to be computed. */
  readonly fromCache: boolean;
}

/**
 * Computes what the head of a model sees, once for each sample, so that the head trains in seconds: the backbone is
 * frozen and need not run again.
 *
 * @param batches The data set in its own order, without augmentation, each sample once.
 * @throws CnnError `invalid-argument` when the backbone is not frozen, `aborted`.
 */
export async function cacheFeatures(
  model: Module,
  batches: AsyncIterable<Batch>,
  options: CacheFeaturesOptions,
): Promise<CachedFeatures> {
  const { head: headPath = findHead(model), cache, key, classNames } = options;
  const obstacle = featureCacheObstacle(model, { head: headPath });
  if (obstacle) throw notFrozen(obstacle, headPath);
  const file = cache && key ? await fileName(model, headPath, key) : undefined;
  const kept = file === undefined ? undefined : await readFeatures(cache, file);
  const content = kept ?? (await computeFeatures(model, batches, headPath, options));
  if (file !== undefined && !kept) await cache?.write(file, encodeFeatures(content));
  const { layer } = locate(model, headPath);
  return {
    dataset: new FeatureDataset('features', { ...content, classNames }),
    head: new FeatureHead(layer, content.shape),
    fromCache: Boolean(kept),
  };
}

interface Features {
  readonly features: Float32Array;
  readonly labels: Int32Array;
  /** Of one sample. */
  readonly shape: readonly number[];
}

async function computeFeatures(
  model: Module,
  batches: AsyncIterable<Batch>,
  headPath: string,
  { onProgress, signal }: CacheFeaturesOptions,
): Promise<Features> {
  const { layer: head } = locate(model, headPath);
  const parts: Float32Array[] = [];
  const labels: number[] = [];
  let shape: readonly number[] = [];
  for await (const batch of batches) {
    if (signal?.aborted) throw aborted(labels.length);
    const features = tidy(() => {
      const seen: { input?: ReturnType<typeof tensor> } = {};
      model.forward(tensor(batch.inputs.data, [...batch.inputs.shape]), {
        training: false,
        observe: (layer, input) => {
          if (layer === head) seen.input = keep(input.clone());
        },
      });
      return seen.input;
    });
    if (!features) throw unseenHead(headPath);
    shape = features.shape.slice(1);
    parts.push((await features.data()).slice() as Float32Array); // read back: the features live on the host
    features.dispose();
    if (!(batch.targets.data instanceof Int32Array)) throw noClassIndices();
    for (const label of batch.targets.data) labels.push(label);
    onProgress?.({ samples: labels.length });
  }
  const features = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    features.set(part, offset);
    offset += part.length;
  }
  return { features, labels: Int32Array.from(labels), shape };
}

/** Weights, data and transforms: whatever the features depend on. */
async function fileName(model: Module, headPath: string, key: { data: string; transforms: string }): Promise<string> {
  const weights = await stateHash(model, { without: headPath });
  const parts = JSON.stringify([model.constructor.name, headPath, weights, key.data, key.transforms]);
  return `features/${(await sha256(new TextEncoder().encode(parts))).slice(0, 32)}.safetensors`;
}

/** A file that is damaged, or holds something else, is as good as none. */
async function readFeatures(cache: ByteCache | undefined, file: string): Promise<Features | undefined> {
  const bytes = await cache?.read(file);
  if (!bytes) return undefined;
  try {
    const { tensors } = readSafetensors(bytes, { where: file });
    const [features, labels] = [tensors.get('features'), tensors.get('labels')];
    if (!(features?.data instanceof Float32Array) || !(labels?.data instanceof Int32Array)) return undefined;
    return { features: features.data, labels: labels.data, shape: features.shape.slice(1) };
  } catch {
    return undefined;
  }
}

function encodeFeatures({ features, labels, shape }: Features): Uint8Array {
  const tensors: [string, HostTensor][] = [
    ['features', { dtype: 'float32', shape: [labels.length, ...shape], data: features }],
    ['labels', { dtype: 'int32', shape: [labels.length], data: labels }],
  ];
  return writeSafetensors(new Map(tensors));
}

function notFrozen(received: string, headPath: string): CnnError {
  return new CnnError('invalid-argument', {
    where: 'cacheFeatures',
    expected: 'a backbone whose features stay as they are',
    received,
    remedy: `Call freeze(model, ['**', '!${headPath}']) first`,
  });
}

function noClassIndices(): CnnError {
  return new CnnError('invalid-argument', {
    where: 'cacheFeatures',
    expected: 'a class index for each sample',
    received: 'probabilities of classes',
    remedy: 'Leave mixing and smoothing of labels to the training of the head',
  });
}

function unseenHead(headPath: string): CnnError {
  return new CnnError('invalid-argument', {
    where: 'cacheFeatures',
    expected: 'a head that forward runs as a layer',
    received: `${headPath}, which it does not run`,
    remedy: 'Pass the path of the layer that gives the logits as head',
  });
}

function aborted(samples: number): CnnError {
  return new CnnError('aborted', {
    where: 'cacheFeatures',
    expected: 'the features of all samples',
    received: `a stop after ${samples}`,
    remedy: 'Start again when ready; nothing was kept',
  });
}
