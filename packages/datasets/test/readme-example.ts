import { Generator } from '@cnn/core';
import { DataLoader, datasetStatistics, normalize, randomAffine, splitDataset } from '@cnn/datasets';
import { openDataset } from '@cnn/datasets/node';

// Digits that the package draws. 'mnist' is opened the same way: { root: './data', download: true }.
const digits = await openDataset('synthetic-digits', { split: 'train', count: 1000 });
const { mean, std } = await datasetStatistics(digits);

const { train, validation } = splitDataset(digits, 0.2, { seed: 0 });
console.log(`${train.length} to train, ${validation.length} to validate`);

const transforms = [normalize({ mean, std })];
const trainLoader = new DataLoader(train, {
  batchSize: 64,
  shuffle: true,
  generator: new Generator(0), // the order is that of torch.manual_seed(0)
  augment: [randomAffine({ degrees: 10, translate: [0.1, 0.1] })],
  transforms,
});

for await (const { inputs, targets, indices } of trainLoader) {
  console.log(`inputs [${inputs.shape}], targets [${targets.shape}], first sample ${indices[0]}`);
  break;
}

// Enough to go on with the second batch, in another process and after JSON.
const position = trainLoader.state();
console.log(`epoch ${position.epoch}, ${position.position} of ${trainLoader.length} batches done`);
