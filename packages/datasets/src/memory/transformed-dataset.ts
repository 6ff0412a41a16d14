import type { Dataset, Sample } from '@cnn/core';
import { SampleRandom } from '../random/sample-random.ts';
import { compose } from '../transforms/compose.ts';
import type { Transform } from '../transforms/transform.ts';

/**
 * A data set whose samples have gone through these transforms, the same in every epoch: put it below `cachedDataset` to
 * decode and resize files once.
 *
 * @throws CnnError `invalid-shape` when a transform cannot be applied to the images.
 */
export function transformedDataset(dataset: Dataset, transforms: readonly Transform[]): Dataset {
  const chain = compose(transforms);
  const random = new SampleRandom(0);
  const change = (sample: Sample, index: number): Sample => {
    random.reseed(index);
    return { ...chain.apply(sample, random), label: sample.label };
  };
  return {
    name: dataset.name,
    length: dataset.length,
    classNames: dataset.classNames,
    sampleShape: chain.outputShape(dataset.sampleShape),
    get(index) {
      const sample = dataset.get(index);
      return sample instanceof Promise ? sample.then((read) => change(read, index)) : change(sample, index);
    },
  };
}
