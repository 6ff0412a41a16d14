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
import { DataLoader, type MemoryDataset } from '@cnn/datasets';
import { Adam, consoleLog, crossEntropyLoss, fit } from '@cnn/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';

export class SimpleCNN extends Module {
  features = new Sequential(
    new Conv2d(1, 32, 3, { padding: 1 }),
    new MaxPool2d(2, { stride: 2 }),
    new ReLU(),
    new Conv2d(32, 64, 3, { padding: 1 }),
    new MaxPool2d(2, { stride: 2 }),
    new ReLU(),
  );
  classifier = new Sequential(new Flatten(), new Linear(64 * 7 * 7, 64), new ReLU(), new Linear(64, 10));

  override forward(x: Tensor, context?: ForwardContext) {
    x = this.features.forward(x, context);
    return this.classifier.forward(x, context);
  }
}

// const dataset = await openCsv('mnist_train_small.csv');
export function train(dataset: MemoryDataset, { epochs = 5, seed = 0, print = console.log } = {}) {
  const generator = manualSeed(seed);
  const model = new SimpleCNN();
  return fit({
    model,
    data: new DataLoader(dataset, { batchSize: 64, shuffle: true, generator }),
    loss: crossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr: 0.001 }),
    epochs,
    callbacks: [consoleLog({ print, format: 'notebook-000' })],
  });
}
