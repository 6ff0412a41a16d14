import type { OpenedData } from '@cnn/cli/experiment';
import type { Dataset, ImageShape } from '@cnn/core';
import { datasetStatistics } from '@cnn/datasets';

/** What a data set is, for the page: counts, what its pixels are like, and some images of each class. */
export interface DataCard {
  readonly name: string;
  readonly classNames: readonly string[];
  /** Of one image as it is stored. */
  readonly shape: ImageShape;
  /** Of one image as the network takes it. */
  readonly sampleShape: ImageShape;
  readonly train: PartFacts;
  readonly test: PartFacts;
  /** Of the training pixels, 0 to 1, a channel each. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Bytes of the images `[class][k]` one after the other; classes with fewer have black ones. */
  readonly samples: Uint8Array;
  readonly samplesPerClass: number;
}

interface PartFacts {
  readonly count: number;
  readonly classCounts: readonly number[];
}

const SAMPLES_PER_CLASS = 8;
/** Images that are looked through for examples of each class. */
const LOOK_THROUGH = 20_000;

/** Describes both parts, in one pass over each. */
export async function dataCard({
  train,
  test,
  sampleShape,
}: Pick<OpenedData, 'sampleShape' | 'train'> & { test: Dataset }): Promise<DataCard> {
  const statistics = await datasetStatistics(train);
  const counts = await classCounts(test);
  const { shape } = await train.get(0);
  return {
    name: train.name,
    classNames: train.classNames,
    shape,
    sampleShape,
    train: { count: train.length, classCounts: statistics.classCounts },
    test: { count: test.length, classCounts: counts },
    mean: statistics.mean,
    std: statistics.std,
    samples: await samplesOf(train, shape),
    samplesPerClass: SAMPLES_PER_CLASS,
  };
}

async function classCounts(dataset: Dataset): Promise<number[]> {
  const counts = dataset.classNames.map(() => 0);
  for (let i = 0; i < dataset.length; i++) counts[(await read(dataset, i)).label]!++;
  return counts;
}

async function samplesOf(dataset: Dataset, shape: ImageShape): Promise<Uint8Array> {
  const size = shape[0] * shape[1] * shape[2];
  const samples = new Uint8Array(dataset.classNames.length * SAMPLES_PER_CLASS * size);
  const found = dataset.classNames.map(() => 0);
  for (let i = 0; i < Math.min(dataset.length, LOOK_THROUGH); i++) {
    const { pixels, label } = await read(dataset, i);
    const have = found[label]!;
    if (have >= SAMPLES_PER_CLASS) continue;
    samples.set(pixels, (label * SAMPLES_PER_CLASS + have) * size);
    found[label] = have + 1;
    if (found.every((count) => count >= SAMPLES_PER_CLASS)) break;
  }
  return samples;
}

/** Without a turn of the event loop where the images are in memory. */
function read(dataset: Dataset, index: number): ReturnType<Dataset['get']> {
  return dataset.get(index);
}
