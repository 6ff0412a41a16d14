import { type Dataset, Generator, type ImageShape } from '@cnn/core';
import { DataLoader, subset, type Transform } from '@cnn/datasets';

/** Training images as the network sees them, augmented anew at each draw. */
export interface SeenBatch {
  /** Bytes of the images one after the other, HWC: the least value black, the greatest white. */
  readonly images: Uint8Array;
  readonly shape: ImageShape;
  readonly labels: Int32Array;
  /** The values that black and white stand for. */
  readonly range: readonly [least: number, greatest: number];
}

const COUNT = 16;
/** Far from the draws of the run itself. */
const DRAW_STRIDE = 7919;

export interface SeenBatchOptions {
  readonly transforms: readonly Transform[];
  readonly augment: readonly Transform[];
  readonly seed: number;
  /** Another number, other random turns and shifts. */
  readonly draw: number;
}

/** A batch through the run's own loader and transforms: images from all over the training set. */
export async function seenBatch(train: Dataset, options: SeenBatchOptions): Promise<SeenBatch> {
  const { transforms, augment, seed, draw } = options;
  const count = Math.min(COUNT, train.length);
  // The same images at each draw, so that one sees what the augmentation does to them.
  const indices = new Generator(0).randperm(train.length).slice(0, count);
  const loader = new DataLoader(subset(train, indices), {
    batchSize: count,
    transforms,
    augment,
    seed: (seed + DRAW_STRIDE * (draw + 1)) >>> 0,
  });
  for await (const { inputs, targets } of loader) {
    const values = inputs.data as Float32Array;
    const [, height = 1, width = 1, channels = 1] = inputs.shape;
    const range = extent(values);
    const scale = 255 / Math.max(1e-6, range[1] - range[0]);
    const images = Uint8Array.from(values, (value) => Math.round((value - range[0]) * scale));
    return { images, shape: [height, width, channels], labels: Int32Array.from(targets.data), range };
  }
  return { images: new Uint8Array(), shape: [1, 1, 1], labels: new Int32Array(), range: [0, 1] };
}

function extent(values: Float32Array): [number, number] {
  let [least, greatest] = [Infinity, -Infinity];
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return [least, greatest];
}
