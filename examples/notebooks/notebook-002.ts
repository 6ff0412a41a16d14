import {
  Conv2d,
  Flatten,
  type ForwardContext,
  Linear,
  MaxPool2d,
  Module,
  manualSeed,
  ReLU,
  Sequential,
} from '@cnn/core';
import { DataLoader, type MemoryDataset, normalize } from '@cnn/datasets';
import { accuracy } from '@cnn/metrics';
import { Adam, consoleLog, crossEntropyLoss, fit } from '@cnn/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';

export class CNN extends Module {
  conv_block = new Sequential(
    new Conv2d(1, 32, 3, { padding: 1 }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(32, 64, 3, { padding: 1 }),
    new ReLU(),
    new MaxPool2d(2),
  );
  fc_block = new Sequential(new Flatten(), new Linear(64 * 7 * 7, 128), new ReLU(), new Linear(128, 10));

  override forward(x: Tensor, context?: ForwardContext) {
    x = this.conv_block.forward(x, context);
    x = this.fc_block.forward(x, context);
    return x;
  }
}

// const trainSet = await openDataset('mnist', { root: './data', split: 'train', download: true });
// const testSet = await openDataset('mnist', { root: './data', split: 'test' });
export function train(
  trainSet: MemoryDataset,
  testSet: MemoryDataset,
  { epochs = 5, seed = 0, print = console.log } = {},
) {
  const generator = manualSeed(seed);
  const model = new CNN();
  const transforms = [normalize({ mean: [0.5], std: [0.5] })];
  return fit({
    model,
    data: new DataLoader(trainSet, { batchSize: 64, shuffle: true, transforms, generator }),
    test: new DataLoader(testSet, { batchSize: 1000, transforms }),
    loss: crossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr: 0.001 }),
    metrics: [accuracy()],
    epochs,
    callbacks: [consoleLog({ print, format: 'notebook-002' })],
  });
}
