import { readFileSync } from 'node:fs';
import { Parameter } from '@cnn/core';
import { add, memory, mul, tensor, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import {
  Adam,
  AdamW,
  clipByNorm,
  clipByValue,
  type GradientTransform,
  type Optimizer,
  RmsProp,
  Sgd,
} from '../index.ts';

interface Case {
  readonly optimizer: string;
  readonly options: object;
  readonly clipNorm?: number;
  readonly clipValue?: number;
  /** The 12 weights and 3 biases after so many steps. */
  readonly values: Readonly<Record<string, readonly number[]>>;
}

const fixture = new URL('../../test/fixtures/optimizers.json', import.meta.url);
const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(fixture, 'utf8'));

const OPTIMIZERS: Readonly<Record<string, (weight: Parameter, bias: Parameter, options: object) => Optimizer>> = {
  SGD: (weight, bias, options) => new Sgd([weight, bias], options),
  Adam: (weight, bias, options) => new Adam([weight, bias], options),
  AdamW: (weight, bias, options) => new AdamW([weight, bias], options),
  RMSprop: (weight, bias, options) => new RmsProp([weight, bias], options),
  groups: (weight, bias) =>
    new Adam(
      [
        { parameters: [weight], lr: 0.05 },
        { parameters: [bias], weightDecay: 0.2 },
      ],
      { lr: 0.01 },
    ),
};

/** The numbers that the fixture's script computes too, exactly. */
function lcg(start: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (((start + i) * 1103515245 + 12345) % 65536) / 32768 - 1);
}

function newParameters(): { weight: Parameter; bias: Parameter } {
  return { weight: new Parameter(lcg(900_000, 12), [3, 4]), bias: new Parameter(lcg(900_012, 3), [3]) };
}

function valuesOf({ weight, bias }: { weight: Parameter; bias: Parameter }): number[] {
  return [...weight.variable.dataSync(), ...bias.variable.dataSync()];
}

function takeStep(
  optimizer: Optimizer,
  parameters: ReturnType<typeof newParameters>,
  step: number,
  clip?: GradientTransform,
): void {
  const { weight, bias } = parameters;
  tidy(() => {
    const noise = lcg(15 * step, 15);
    const gradient = (parameter: Parameter, part: Float32Array) =>
      add(tensor(part, [...parameter.shape]), mul(parameter.variable, 0.1));
    const gradients = new Map([
      [weight, gradient(weight, noise.slice(0, 12))],
      [bias, gradient(bias, noise.slice(12))],
    ]);
    optimizer.apply(clip ? clip(gradients) : gradients);
  });
}

describe.each(cases)('$optimizer $options clip $clipNorm $clipValue', (given) => {
  const clip =
    given.clipNorm !== undefined
      ? clipByNorm({ maxNorm: given.clipNorm })
      : given.clipValue !== undefined
        ? clipByValue({ limit: given.clipValue })
        : undefined;

  test('moves parameters as PyTorch does, for 100 steps', () => {
    const parameters = newParameters();
    const optimizer = OPTIMIZERS[given.optimizer]!(parameters.weight, parameters.bias, given.options);
    for (let step = 1; step <= 100; step++) {
      takeStep(optimizer, parameters, step, clip);
      const expected = given.values[step];
      if (!expected) continue;
      const received = valuesOf(parameters);
      expected.forEach((value, index) => {
        const tolerance = 2e-6 * Math.max(1, Math.abs(value)) * (step > 10 ? 4 : 1);
        expect(Math.abs(received[index]! - value), `step ${step}, element ${index}`).toBeLessThan(tolerance);
      });
    }
  });
});

test('an optimizer whose state was saved and restored goes on bit by bit', async () => {
  for (const { optimizer: name, options } of cases) {
    const undisturbed = newParameters();
    const first = OPTIMIZERS[name]!(undisturbed.weight, undisturbed.bias, options);
    for (let step = 1; step <= 6; step++) takeStep(first, undisturbed, step);

    const parameters = newParameters();
    const before = OPTIMIZERS[name]!(parameters.weight, parameters.bias, options);
    for (let step = 1; step <= 3; step++) takeStep(before, parameters, step);
    const after = OPTIMIZERS[name]!(parameters.weight, parameters.bias, options);
    after.restoreRates(JSON.parse(JSON.stringify(before.rates())));
    for (const parameter of [parameters.weight, parameters.bias]) {
      const { step, slots } = before.state(parameter)!;
      const saved = await Promise.all([...slots].map(async ([slot, value]) => [slot, await value.read()] as const));
      after.restoreState(parameter, step, new Map(saved));
    }
    for (let step = 4; step <= 6; step++) takeStep(after, parameters, step);
    expect(valuesOf(parameters), name).toEqual(valuesOf(undisturbed));
  }
});

test('dispose frees every moment, and a step leaks nothing', () => {
  const parameters = newParameters();
  const before = memory().numTensors;
  const optimizer = new Adam([parameters.weight, parameters.bias], { amsgrad: true, weightDecay: 0.1 });
  takeStep(optimizer, parameters, 1);
  const afterOne = memory().numTensors;
  for (let step = 2; step < 5; step++) takeStep(optimizer, parameters, step);
  expect(memory().numTensors).toBe(afterOne);
  optimizer.dispose();
  expect(memory().numTensors).toBe(before);
});

test('a frozen parameter is not moved, and counts its own steps when it thaws', () => {
  const parameters = newParameters();
  const optimizer = new Adam([parameters.weight, parameters.bias]);
  parameters.weight.trainable = false;
  const before = parameters.weight.variable.dataSync().slice();
  takeStep(optimizer, parameters, 1);
  takeStep(optimizer, parameters, 2);
  expect(parameters.weight.variable.dataSync()).toEqual(before);
  parameters.weight.trainable = true;
  takeStep(optimizer, parameters, 3);
  expect(optimizer.state(parameters.weight)!.step).toBe(1);
  expect(optimizer.state(parameters.bias)!.step).toBe(3);
});

test('parameters and rates that make no sense are refused', () => {
  const { weight, bias } = newParameters();
  expect(() => new Adam([])).toThrow('expected at least one parameter, received none');
  expect(() => new Adam([{ parameters: [weight] }, { parameters: [weight, bias] }])).toThrow('one that appears twice');
  expect(() => new Sgd([weight], { lr: -1 })).toThrow(
    'Optimizer.lr: expected a finite number of at least 0, received -1',
  );
  expect(() => new Sgd([weight], { weightDecay: Number.NaN })).toThrow('Optimizer.weightDecay');
});
