import type { HostArray } from '@cnn/core';
import { DataLoader, type Image, memoryDataset, resize, SampleRandom, subset } from '@cnn/datasets';
import type { OpenRun } from './open-run.ts';

/** An image as the network sees it, `[1, H, W, C]`, floats after all transforms. */
export type ImageInput = HostArray<Float32Array>;

/** A test image as the network sees it. @throws CnnError `invalid-argument` when there is no such image. */
export async function testInput({ test, transforms }: OpenRun, index: number): Promise<ImageInput> {
  return firstOf(new DataLoader(subset(test, [index]), { batchSize: 1, transforms }));
}

/** An image that is like those of the run's data set, as the network sees it. */
export async function inputOf(
  { transforms }: Pick<OpenRun, 'transforms'>,
  { pixels, shape }: Image,
): Promise<ImageInput> {
  const single = memoryDataset({ pixels, shape, labels: Uint8Array.of(0), classNames: ['image'] });
  return firstOf(new DataLoader(single, { batchSize: 1, transforms }));
}

/** Longest side of a picture that is sent to the page. */
const MOST_PIXELS = 96;

/** A picture for the page: bytes `[H, W, C]`, made smaller where it is large. */
export interface Thumbnail {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** A copy of an image's bytes; floats are spread over their range. */
export function thumbnail(image: Image): Thumbnail {
  const [height, width] = image.shape;
  const factor = MOST_PIXELS / Math.max(height, width);
  const side = (length: number): number => Math.max(1, Math.round(length * factor));
  const small =
    factor < 1
      ? resize({ size: [side(height), side(width)] }).apply(image, new SampleRandom(0))
      : { pixels: image.pixels, shape: image.shape };
  return { pixels: bytesOf(small.pixels), shape: small.shape };
}

function bytesOf(pixels: Uint8Array | Float32Array): Uint8Array<ArrayBuffer> {
  if (pixels instanceof Uint8Array) return Uint8Array.from(pixels);
  let [low, high] = [0, 1];
  for (const value of pixels) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return Uint8Array.from(pixels, (value) => Math.round((255 * (value - low)) / (high - low)));
}

async function firstOf(loader: DataLoader): Promise<ImageInput> {
  for await (const { inputs } of loader) return inputs;
  throw new RangeError('a loader of one image is never empty');
}
