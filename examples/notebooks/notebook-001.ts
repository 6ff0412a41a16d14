import { Conv2d, Flatten, type ForwardContext, Linear, MaxPool2d, Module, manualSeed, ReLU } from '@cnn/core';
import { DataLoader, type MemoryDataset } from '@cnn/datasets';
import { Adam, consoleLog, crossEntropyLoss, fit } from '@cnn/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';

export class SimpleCNN extends Module {
  conv1 = new Conv2d(1, 32, 3, { padding: 1 });
  relu1 = new ReLU();
  pool1 = new MaxPool2d(2);

  conv2 = new Conv2d(32, 64, 3, { padding: 1 });
  relu2 = new ReLU();
  pool2 = new MaxPool2d(2);

  flatten = new Flatten();
  linear1 = new Linear(64 * 7 * 7, 128);
  relu3 = new ReLU();
  linear2 = new Linear(128, 10);

  override forward(x: Tensor, context?: ForwardContext) {
    x = this.conv1.forward(x, context);
    x = this.relu1.forward(x, context);
    x = this.pool1.forward(x, context);
    x = this.conv2.forward(x, context);
    x = this.relu2.forward(x, context);
    x = this.pool2.forward(x, context);
    x = this.flatten.forward(x, context);
    x = this.linear1.forward(x, context);
    x = this.relu3.forward(x, context);
    x = this.linear2.forward(x, context);
    return x;
  }
}

// const trainSet = await openDataset('mnist', { root: './data', split: 'train', download: true });
export function train(trainSet: MemoryDataset, { epochs = 5, seed = 0, print = console.log } = {}) {
  const generator = manualSeed(seed);
  const model = new SimpleCNN();
  return fit({
    model,
    data: new DataLoader(trainSet, { batchSize: 64, shuffle: true, generator }),
    loss: crossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr: 0.001 }),
    epochs,
    logEverySteps: 100,
    callbacks: [consoleLog({ print, format: 'notebook-001' })],
  });
}
