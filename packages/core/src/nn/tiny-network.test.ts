import '@tensorflow/tfjs-backend-cpu';
import {
  mean,
  memory,
  type Scalar,
  setBackend,
  square,
  type Tensor,
  tensor,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import {
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Linear,
  MaxPool2d,
  Module,
  manualSeed,
  relu,
} from '../index.ts';

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

beforeAll(async () => {
  await setBackend('cpu');
});

test('the parameters of a network are PyTorch’s for the same seed', async () => {
  manualSeed(0);
  const model = new TinyCnn();
  const state = await model.stateDict();
  const hashes: Record<string, string> = {};
  for (const [name, { data }] of state) {
    const digest = await crypto.subtle.digest('SHA-256', data as Float32Array<ArrayBuffer>);
    hashes[name] = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  model.dispose();
  expect(hashes).toEqual({
    'conv1.weight': 'c1678cf142b1d91571147251fae703e8ef4c63dd3d51e83c578e68968871d370',
    'conv1.bias': 'f1eb781f5a3b7945dda5559f5791225b8103db83af8dc50d61cf255f1fe3e1a1',
    'fc1.weight': 'd97cd25fc34c58d4195b829e5940b9ac09fcbd64bf48efef871d14161025833e',
    'fc1.bias': 'ba3efcde9d73f3a8f10accceff87492bca18061cdbb9e88518273c7848c61df0',
  });
});

test('a step leaves no tensor behind', () => {
  const model = new TinyCnn();
  const before = memory().numTensors;
  tidy(() => {
    const x = tensor(new Float32Array(2 * 28 * 28).fill(0.5), [2, 28, 28, 1]);
    const { grads } = variableGrads(() => mean(square(model.forward(x))) as Scalar);
    expect(Object.keys(grads)).toHaveLength(4);
  });
  expect(memory().numTensors).toBe(before);
  model.dispose();
});
