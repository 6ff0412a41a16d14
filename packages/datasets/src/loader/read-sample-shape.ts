import { CnnError, type Dataset, type ImageShape } from '@cnn/core';
import { compose } from '../transforms/compose.ts';
import type { Transform } from '../transforms/transform.ts';

/**
 * Shape that all transformed images of a data set have. Where its files differ in size, the first is read, and the
 * transforms must bring any size to one.
 *
 * @throws CnnError `invalid-shape` when images of different sizes stay different, or a transform cannot be applied.
 */
export async function readSampleShape(dataset: Dataset, transforms: readonly Transform[]): Promise<ImageShape> {
  const chain = compose(transforms);
  const known = chain.outputShape(dataset.sampleShape);
  if (known) return known;
  const [height, width, channels] = (await dataset.get(0)).shape;
  const shape = chain.outputShape([height, width, channels]);
  const ofAnother = chain.outputShape([2 * height + 1, 3 * width + 1, channels]);
  if (shape && String(shape) === String(ofAnother)) return shape;
  throw new CnnError('invalid-shape', {
    where: dataset.name,
    expected: 'transforms that bring images of different sizes to one shape',
    received: transforms.length > 0 ? transforms.map(({ name }) => name).join(', ') : 'no transform',
    remedy: 'Add, for example, { resize: { size: 256 } } and { center-crop: { size: 224 } }',
  });
}
