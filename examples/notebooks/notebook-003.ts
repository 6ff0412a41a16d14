import { Conv2d, type ForwardContext, flatten, Linear, MaxPool2d, Module, manualSeed, relu } from '@cnn/core';
import { DataLoader, type MemoryDataset } from '@cnn/datasets';
import { Adam, consoleLog, crossEntropyLoss, fit } from '@cnn/trainer';
import type { Tensor } from '@tensorflow/tfjs-core';

export class SimpleCNN extends Module {
  conv1 = new Conv2d(1, 16, 3);
  pool = new MaxPool2d(2, { stride: 2 });
  fc1 = new Linear(16 * 13 * 13, 10);

  override forward(x: Tensor, context?: ForwardContext) {
    x = this.pool.forward(relu(this.conv1.forward(x, context)), context);
    x = flatten(x);
    x = this.fc1.forward(x, context);
    return x;
  }
}

// const trainSet = await openDataset('mnist', { root: './data', split: 'train', download: true });
export function train(trainSet: MemoryDataset, { epochs = 10, seed = 0, print = console.log } = {}) {
  const generator = manualSeed(seed);
  const model = new SimpleCNN();
  return fit({
    model,
    data: new DataLoader(trainSet, { batchSize: 64, shuffle: true, generator }),
    loss: crossEntropyLoss(),
    optimizer: new Adam(model.parameters(), { lr: 0.001 }),
    epochs,
    callbacks: [consoleLog({ print, format: 'notebook-003' })],
  });
}
