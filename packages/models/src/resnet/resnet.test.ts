import { readFileSync } from 'node:fs';
import { registerSimdBackend } from '@cnn/backend-simd';
import { Generator, type HostTensor, type Module } from '@cnn/core';
import {
  keep,
  losses,
  oneHot,
  type Scalar,
  setBackend,
  type Tensor,
  tensor1d,
  tensor4d,
  tidy,
  transpose,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../zoo/create-model.ts';

/** Made by `scripts/fixtures/resnet.py`, which says what each field is. */
interface ResNetFixture {
  readonly count: number;
  readonly params: Readonly<Record<string, { shape: number[]; first: number[]; sum: number }>>;
  readonly logits: number[];
  readonly trainingLogits: number[][];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, { norm: number; first: number[] }>>;
  readonly runningMean: number[];
  readonly runningVar: number[];
}

const FIXTURES: Readonly<Record<string, ResNetFixture>> = JSON.parse(
  readFileSync(new URL('../../test/fixtures/resnet.json', import.meta.url), 'utf8'),
);

beforeAll(async () => {
  registerSimdBackend();
  await setBackend('simd');
});

/** Images in NHWC of PyTorch's formula over the flat index of NCHW. */
function formulaImages(n: number, side: number): Tensor {
  const pixel = (i: number) => (Number((BigInt(i) * 1103515245n + 12345n) % 65536n) / 65536) * 4 - 2;
  const pixels = Float32Array.from({ length: n * 3 * side * side }, (_, i) => pixel(i));
  return tidy(() => transpose(tensor4d(pixels, [n, 3, side, side]), [0, 2, 3, 1]));
}

/** Largest difference, as a part of the largest expected value. */
function relativeError(received: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs((received[i] ?? Number.NaN) - value))) / scale;
}

function build(name: string): Module {
  return createModel(name, { generator: new Generator(0) });
}

/** Sum of the values and of their magnitudes, in float64. */
function sums(values: ArrayLike<number | bigint>): [sum: number, magnitude: number] {
  let [sum, magnitude] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    sum += value;
    magnitude += Math.abs(value);
  }
  return [sum, magnitude];
}

function normOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] ?? 0) ** 2;
  return Math.sqrt(sum);
}

describe.each(['resnet18', 'resnet34'])('%s', (name) => {
  const fixture = FIXTURES[name] as ResNetFixture;
  let model: Module;

  beforeAll(() => {
    model = build(name);
  });

  afterAll(() => model.dispose());

  it("has torchvision's names, shapes, order and count of parameters, and its initial values", async () => {
    const state = await model.stateDict();
    expect([...state.keys()]).toEqual(Object.keys(fixture.params));
    expect(model.parameters().reduce((sum, parameter) => sum + parameter.size, 0)).toBe(fixture.count);
    for (const [key, expected] of Object.entries(fixture.params)) {
      const { shape, data } = state.get(key) as HostTensor;
      expect(shape, key).toEqual(expected.shape);
      for (const [i, value] of expected.first.entries()) expect(Number(data[i]), `${key}[${i}]`).toBeCloseTo(value, 6);
      const [sum, magnitude] = sums(data);
      expect(Math.abs(sum - expected.sum), key).toBeLessThan(1e-6 * magnitude + 1e-6);
    }
  });

  it("computes torchvision's logits", async () => {
    const logits = tidy(() => model.forward(formulaImages(1, 64)));
    expect(relativeError(await logits.data(), fixture.logits)).toBeLessThan(1e-4);
  });
});

describe('training resnet18', () => {
  const fixture = FIXTURES.resnet18 as ResNetFixture;

  it("gives torchvision's logits, gradients and running statistics", async () => {
    const model = build('resnet18');
    const images = formulaImages(4, 64);
    const targets = oneHot(tensor1d([3, 7, 1, 9], 'int32'), 1000);
    let logits: Tensor | undefined;
    const { value, grads } = variableGrads(
      () => {
        logits = keep(model.forward(images, { training: true, generator: new Generator(0) }));
        return losses.softmaxCrossEntropy<Tensor, Scalar>(targets, logits);
      },
      model.parameters().map((parameter) => parameter.variable),
    );
    expect(relativeError(await value.data(), [fixture.loss])).toBeLessThan(1e-5);
    const values = (await logits?.data()) ?? [];
    const firstOfEach = fixture.trainingLogits.flatMap((_, row) =>
      Array.from(values.slice(1000 * row, 1000 * row + 4)),
    );
    expect(relativeError(firstOfEach, fixture.trainingLogits.flat())).toBeLessThan(1e-4);
    for (const [path, parameter] of model.namedParameters()) {
      const gradient = grads[parameter.variable.name] as Tensor;
      const torch = parameter.layout === 'HWIO' ? transpose(gradient, [3, 2, 0, 1]) : gradient;
      const values = await torch.data();
      const expected = fixture.gradients[path] ?? { norm: Number.NaN, first: [] };
      const norm = normOf(values);
      expect(Math.abs(norm - expected.norm) / expected.norm, `norm of ${path}`).toBeLessThan(1e-4);
      for (const [i, entry] of expected.first.entries()) {
        expect(Math.abs((values[i] ?? 0) - entry) / expected.norm, `${path}[${i}]`).toBeLessThan(1e-4);
      }
    }
    const state = await model.stateDict();
    expect(relativeError(state.get('bn1.running_mean')?.data as Float32Array, fixture.runningMean)).toBeLessThan(1e-4);
    expect(relativeError(state.get('bn1.running_var')?.data as Float32Array, fixture.runningVar)).toBeLessThan(1e-4);
    model.dispose();
  });
});
