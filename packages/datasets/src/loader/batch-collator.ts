import { type Batch, CnnError, type Dataset, type ImageShape, type Sample } from '@cnn/core';
import { SampleRandom } from '../random/sample-random.ts';
import { byteTable, compose } from '../transforms/compose.ts';
import { floatImage } from '../transforms/to-float.ts';
import type { Image, Transform } from '../transforms/transform.ts';

/** Makes batches from samples. */
export interface BatchCollator {
  /** Shape of one transformed image; `null` where it is only known when read. */
  readonly sampleShape: ImageShape | null;
  /** Synchronous where the data set is. */
  collate(indices: Int32Array, epoch: number): Batch | Promise<Batch>;
}

/** Streams of `transforms` start here, so that an augmentation more or less moves none of them. */
const TRANSFORM_STREAMS = 1000;

/** Reads, transforms and stacks samples. Bytes whose transforms are all pointwise go through a table instead. */
export function batchCollator(
  dataset: Dataset,
  options: { augment: readonly Transform[]; transforms: readonly Transform[]; seed: number },
): BatchCollator {
  const { augment, transforms, seed } = options;
  const chain = compose([...augment, ...transforms]);
  const sampleShape = chain.outputShape(dataset.sampleShape);
  const random = new SampleRandom(0);
  const tables = new Map<number, Float32Array>();

  function tableFor(channels: number): Float32Array {
    const table = tables.get(channels) ?? byteTable([...augment, ...transforms], channels);
    tables.set(channels, table);
    return table;
  }

  function transformed(sample: Image, index: number, epoch: number): Image {
    let image = sample;
    augment.forEach((transform, position) => {
      random.reseed(seed, epoch, index, position);
      image = transform.apply(image, random);
    });
    transforms.forEach((transform, position) => {
      random.reseed(seed, epoch, index, TRANSFORM_STREAMS + position);
      image = transform.apply(image, random);
    });
    return image;
  }

  function stack(samples: readonly Sample[], indices: Int32Array, epoch: number): Batch {
    const targets = new Int32Array(samples.length);
    let shape: ImageShape | undefined;
    let inputs = new Float32Array(0);
    let size = 0;
    samples.forEach((sample, row) => {
      targets[row] = sample.label;
      const asTable = chain.pointwise === true && sample.pixels instanceof Uint8Array;
      const image: Image = asTable ? sample : transformed(sample, indices[row]!, epoch);
      if (!shape) {
        shape = image.shape;
        size = shape[0] * shape[1] * shape[2];
        inputs = new Float32Array(samples.length * size);
      } else if (!sameShape(shape, image.shape)) {
        throw unequalShapes(dataset.name, shape, image.shape, indices[row]!);
      }
      if (asTable) lookUp(sample.pixels, tableFor(shape[2]), shape[2], inputs, row * size);
      else inputs.set(floatImage(image).pixels, row * size);
    });
    return {
      inputs: { data: inputs, shape: [samples.length, ...(shape ?? [0, 0, 0])] },
      targets: { data: targets, shape: [samples.length] },
      indices,
      size: samples.length,
    };
  }

  return {
    sampleShape,
    collate(indices, epoch) {
      const samples = Array.from(indices, (index) => dataset.get(index));
      if (samples.every(isRead)) return stack(samples, indices, epoch);
      return Promise.all(samples).then((read) => stack(read, indices, epoch));
    },
  };
}

function lookUp(
  bytes: ArrayLike<number>,
  table: Float32Array,
  channels: number,
  out: Float32Array,
  start: number,
): void {
  const { length } = bytes;
  if (channels === 1) {
    for (let i = 0; i < length; i++) out[start + i] = table[bytes[i]!]!;
    return;
  }
  for (let i = 0, channel = 0; i < length; i++) {
    out[start + i] = table[channel * 256 + bytes[i]!]!;
    channel = channel + 1 === channels ? 0 : channel + 1;
  }
}

function isRead(sample: Sample | Promise<Sample>): sample is Sample {
  return !(sample instanceof Promise);
}

function sameShape(a: ImageShape, b: ImageShape): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

function unequalShapes(name: string, expected: ImageShape, received: ImageShape, index: number): CnnError {
  return new CnnError('invalid-shape', {
    where: `${name}, sample ${index}`,
    expected: `an image of [${expected.join(', ')}], as the others of its batch`,
    received: `[${received.join(', ')}]`,
    remedy:
      'Bring all images to one shape with transforms such as { resize: 224 } and { centerCrop: 224 }, and { grayscale: 1 } or { grayscale: 3 } for their channels',
  });
}
