import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  adaptiveAvgPool2d,
  avgPool2d,
  CnnError,
  cpuBackend,
  ELU,
  elu,
  Flatten,
  flatten,
  GELU,
  Generator,
  gelu,
  type Layer,
  LeakyReLU,
  LogSoftmax,
  leakyRelu,
  logSoftmax,
  MaxPool2d,
  maxPool2d,
  ReLU,
  relu,
  Sigmoid,
  SiLU,
  Softmax,
  selectBackend,
  sigmoid,
  silu,
  softmax,
  Tanh,
  tanh,
} from '../../index.ts';

beforeAll(async () => {
  await selectBackend('cpu', [cpuBackend()]);
});

test.each<[string, (x: Tensor) => Tensor, () => Layer]>([
  ['relu', (x) => relu(x), () => new ReLU()],
  ['leakyRelu', (x) => leakyRelu(x, 0.3), () => new LeakyReLU(0.3)],
  ['elu', (x) => elu(x, 0.5), () => new ELU(0.5)],
  ['gelu', (x) => gelu(x, 'tanh'), () => new GELU('tanh')],
  ['silu', (x) => silu(x), () => new SiLU()],
  ['sigmoid', (x) => sigmoid(x), () => new Sigmoid()],
  ['tanh', (x) => tanh(x), () => new Tanh()],
  ['softmax', (x) => softmax(x, -2), () => new Softmax(2)],
  ['logSoftmax', (x) => logSoftmax(x, 1), () => new LogSoftmax(1)],
  ['flatten', (x) => flatten(x), () => new Flatten()],
  ['maxPool2d', (x) => maxPool2d(x, 2, { stride: 1 }), () => new MaxPool2d(2, { stride: 1 })],
  ['avgPool2d', (x) => avgPool2d(x, 3, { padding: 1 }), () => new AvgPool2d(3, { padding: 1 })],
  ['adaptiveAvgPool2d', (x) => adaptiveAvgPool2d(x, [2, 1]), () => new AdaptiveAvgPool2d([2, 1])],
])('%s computes what its layer does', (_, compute, build) => {
  const [byFunction, byLayer] = tidy(() => {
    const x = tensor(new Generator(0).uniform(2 * 4 * 3 * 2, -2, 2), [2, 4, 3, 2]);
    const [a, b] = [compute(x), build().forward(x)];
    expect(a.shape).toEqual(b.shape);
    return [a.dataSync(), b.dataSync()];
  });
  expect(byFunction).toEqual(byLayer);
});

test('large values overflow neither an ELU nor its gradient', () => {
  const values = tidy(() => Array.from(elu(tensor([100, -100]), 2).dataSync()));
  expect(values).toEqual([100, -2]);
});

test('softmax along no axis is refused', () => {
  const x = tensor([[1, 2]]);
  expect(() => softmax(x, 2)).toThrow(CnnError);
  expect(() => softmax(x, 2)).toThrow('softmax.dim: expected an axis of -2..1, received 2.');
  x.dispose();
});
