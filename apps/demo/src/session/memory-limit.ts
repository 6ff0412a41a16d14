import { type Config, componentParts, dataOptions } from '@cnn/cli/config';
import { type OpenedData, zooModelParameters } from '@cnn/cli/experiment';
import { CnnError, Generator } from '@cnn/core';

/** What a network, and what a batch, may take of a page's memory. */
const LIMIT_BYTES = 2 ** 29;
/** In float32: the weight, its gradient and Adam's two moments. */
const BYTES_PER_PARAMETER = 16;

/** No network that a page trains looks at larger ones. */
const LARGEST_SIDE = 4096;

/** By how much something is too large, in words. */
export interface Excess {
  readonly expected: string;
  readonly received: string;
}

/** Why a page does not train a network of so many parameters; null where it does. */
export function networkExcess(parameters: number): Excess | null {
  const bytes = parameters * BYTES_PER_PARAMETER;
  if (bytes <= LIMIT_BYTES) return null;
  return {
    expected: `a network of at most ${megabytes(LIMIT_BYTES)} (weights, gradients and Adam's two moments)`,
    received: `${megabytes(bytes)} for ${parameters.toLocaleString('en')} parameters`,
  };
}

/**
 * Refuses transforms that make images larger than a page can hold.
 *
 * @throws CnnError `out-of-memory` naming the first of them.
 */
export function checkImageSizes({ data }: Config): void {
  const { augment, transforms } = dataOptions(data);
  for (const transform of [...augment, ...transforms]) {
    const [name, { size = 0, padding = 0 }] = componentParts(transform);
    const side = Math.max(...[size, padding].flat().map(Number));
    if (side <= LARGEST_SIDE) continue;
    const expected = `images of at most ${LARGEST_SIDE} pixels a side`;
    throw tooLarge(`data, transform ${name}`, { expected, received: String(side) }, 'Make them smaller');
  }
}

/**
 * Refuses, before memory is taken, what a page cannot hold: however a configuration came, by a link, a file or an edit.
 *
 * @throws CnnError `out-of-memory`; `invalid-config` and `invalid-shape` for networks that cannot be made at all.
 */
export function checkMemory(
  { model, data: { batchSize, evalBatchSize } }: Config,
  { sampleShape, classNames, train, test }: Pick<OpenedData, 'sampleShape' | 'classNames' | 'train' | 'test'>,
): void {
  const context = { generator: new Generator(0), sampleShape, classCount: classNames.length };
  const excess = networkExcess(zooModelParameters(model, context));
  if (excess)
    throw tooLarge(`model ${model.name}`, excess, 'Pool before its linear layers, or give its layers fewer outputs');
  const images = Math.max(
    Math.min(Number(batchSize), train.length),
    Math.min(Number(evalBatchSize), test?.length ?? train.length),
  );
  const bytes = images * sampleShape.reduce((product, side) => product * side, 4);
  if (bytes <= LIMIT_BYTES) return;
  const received = `${megabytes(bytes)} for ${images.toLocaleString('en')} images of ${sampleShape.join(' × ')}`;
  const expected = `batches of at most ${megabytes(LIMIT_BYTES)}`;
  throw tooLarge('data', { expected, received }, 'Give smaller batches, or resize the images to less');
}

function tooLarge(where: string, excess: Excess, remedy: string): CnnError {
  return new CnnError('out-of-memory', { where, ...excess, remedy });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;
}
