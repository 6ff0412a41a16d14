import { CnnError, type Dataset, type ImageShape } from '@cnn/core';
import { compose } from '../transforms/compose.ts';
import type { Transform } from '../transforms/transform.ts';

/** Samples that are read where it takes more than one to know. */
const LOOK_AT = 8;

/**
 * Shape that all transformed images of a data set have. Where a data set does not know the size of its images, the
 * first is read; unless the transforms bring any size to one, some more, spread over the data set, must agree with it.
 *
 * @throws CnnError `invalid-shape` when images of different sizes stay different, or a transform cannot be applied.
 */
export async function readSampleShape(dataset: Dataset, transforms: readonly Transform[]): Promise<ImageShape> {
  const chain = compose(transforms);
  const known = chain.outputShape(dataset.sampleShape);
  if (known) return known;
  const first = (await dataset.get(0)).shape;
  const shape = chain.outputShape(first) ?? first;
  const ofAnother = chain.outputShape([2 * first[0] + 1, 3 * first[1] + 1, first[2]]);
  if (String(shape) === String(ofAnother)) return shape;
  const step = Math.max(1, Math.floor((dataset.length - 1) / (LOOK_AT - 1)));
  for (let index = step; index < dataset.length; index += step) {
    const other = chain.outputShape((await dataset.get(index)).shape);
    if (String(other) !== String(shape)) throw differentShapes(dataset.name, index, shape, other);
  }
  return shape;
}

function differentShapes(name: string, index: number, shape: ImageShape, other: ImageShape | null): CnnError {
  return new CnnError('invalid-shape', {
    where: `${name}, sample ${index}`,
    expected: `[${shape.join(', ')}] after all transforms, as sample 0`,
    received: `[${other?.join(', ')}]`,
    remedy: 'Bring all images to one shape, for example with { resize: 256 } and { center-crop: 224 }',
  });
}
