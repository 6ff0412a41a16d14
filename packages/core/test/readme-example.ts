import {
  Conv2d,
  cpuBackend,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Linear,
  MaxPool2d,
  Module,
  manualSeed,
  receptiveField,
  relu,
  selectBackend,
  wasmBackend,
  writeSafetensors,
} from '@cnn/core';
import { ones, type Tensor, tidy } from '@tensorflow/tfjs-core';

class TinyCnn extends Module {
  conv1 = new Conv2d(1, 16, 3);
  pool = new MaxPool2d(2);
  flatten = new Flatten();
  fc1 = new Linear(16 * 13 * 13, 10);

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const features = this.pool.forward(relu(this.conv1.forward(x, context)), context);
    return this.fc1.forward(this.flatten.forward(features, context), context);
  }
}

// The first that loads here and computes a small network rightly.
const { name } = await selectBackend('auto', [wasmBackend(), cpuBackend()]);
console.log(`on ${name}`);

manualSeed(0); // as torch.manual_seed(0): the same initial weights, bit for bit
const model = new TinyCnn();
const state = await model.stateDict();
console.log([...state].map(([key, { shape }]) => `${key} [${shape}]`).join('\n'));
console.log(`first weight ${state.get('conv1.weight')?.data[0]}`);

const logits = tidy(() => model.forward(ones([2, 28, 28, 1])));
console.log(`logits [${logits.shape}]`);
logits.dispose();

console.log(model.conv1.describe([2, 1, 28, 28]).formula);
console.log(`one pixel sees ${receptiveField([model.conv1, model.pool]).size.join(' × ')}`);

const file = writeSafetensors(state, { format: 'pt' });
console.log(`${file.length} bytes that safetensors.torch.load reads`);
