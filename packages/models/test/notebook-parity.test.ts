import { createHash } from 'node:crypto';
import { Generator, type Parameter } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import {
  losses,
  type Scalar,
  setBackend,
  type Tensor,
  tensor2d,
  tensor4d,
  tidy,
  transpose,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../src/index.ts';
import { NOTEBOOK_RUNS, notebookFixture } from './notebook-fixture.ts';

beforeAll(async () => {
  await setBackend('cpu');
});

describe.each(NOTEBOOK_RUNS)('notebook %s, seed %i', (notebook, seed) => {
  const fixture = notebookFixture(notebook, seed);

  it("starts from PyTorch's parameters, bit for bit, under PyTorch's names", async () => {
    const model = createModel(fixture.name, { generator: new Generator(seed) });
    const state = await model.stateDict();
    const found = [...state].map(([name, { shape, data }]) => ({ name, shape, sha256: sha256(data) }));
    const expected = Object.entries(fixture.params).map(([name, { shape, sha256 }]) => ({ name, shape, sha256 }));
    expect(found).toEqual(expected);
    model.dispose();
  });
});

// One seed: the draws differ, the arithmetic does not, and the plain backend takes seconds for it.
describe.each(NOTEBOOK_RUNS.filter(([, seed]) => seed === 0))('notebook %s, seed %i', (notebook, seed) => {
  const fixture = notebookFixture(notebook, seed);

  it("computes PyTorch's logits, loss and gradients", async () => {
    const model = createModel(fixture.name, { generator: new Generator(seed) });
    const parameters = model.namedParameters();
    const images = formulaImages();
    const logits = tidy(() => model.forward(images));
    expectClose(await logits.data(), fixture.formula.logits.flat(), 'logits');

    const { value: loss, grads } = variableGrads(
      () => losses.softmaxCrossEntropy<Tensor, Scalar>(onehot([3, 7]), model.forward(images)),
      parameters.map(([, parameter]) => parameter.variable),
    );
    expectClose(await loss.data(), [fixture.formula.loss], 'loss');
    for (const [name, parameter] of parameters) {
      const gradient = await torchLayout(parameter, grads[parameter.variable.name]!);
      const expected = fixture.formula.grads[name]!;
      expectClose([normOf(gradient)], [expected.norm], `norm of the gradient of ${name}`);
      expectClose(gradient.subarray(0, 4), expected.first, `gradient of ${name}`);
    }
  });
});

/** Two images whose single channel NHWC and NCHW lay out alike. */
function formulaImages(): Tensor {
  // The product passes 2^53: BigInt keeps its low bits.
  const pixel = (i: number) => (Number((BigInt(i) * 1103515245n + 12345n) % 65536n) / 65536) * 4 - 2;
  return tensor4d(
    Float32Array.from({ length: 2 * 28 * 28 }, (_, i) => pixel(i)),
    [2, 28, 28, 1],
  );
}

function onehot(labels: readonly number[]): Tensor {
  return tensor2d(labels.map((label) => Array.from({ length: 10 }, (_, i) => (i === label ? 1 : 0))));
}

async function torchLayout(parameter: Parameter, gradient: Tensor): Promise<Float32Array> {
  const torch = parameter.layout === 'HWIO' ? transpose(gradient, [3, 2, 0, 1]) : gradient;
  return Float32Array.from(await torch.data());
}

function normOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

function expectClose(received: ArrayLike<number>, expected: readonly number[], what: string): void {
  expect(received.length, what).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(received[i]! - value), `${what}[${i}]`).toBeLessThan(2e-6 + 2e-5 * Math.abs(value));
  }
}

function sha256(values: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');
}
