import { Generator, Parameter } from '@cnn/core';
import { memory, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { Points, type TinyNet, tinyNet } from '../conformance/tiny-task.ts';
import { clipByNorm, clipByValue, crossEntropyLoss, fit, Sgd, weightAverage } from '../index.ts';
import { globalNorm } from './clip-gradients.ts';
import { valueAndGradients } from './value-and-gradients.ts';

async function weightsAfter(options: { accumulate?: number; batchSize: number }): Promise<number[]> {
  const model = tinyNet();
  const data = new Points({ shuffle: false, batchSize: options.batchSize });
  const optimizer = new Sgd(model.parameters(), { lr: 0.5, momentum: 0.9 });
  const outcome = await fit({ model, optimizer, data, epochs: 3, accumulate: options.accumulate ?? 1 });
  expect(outcome.errors).toEqual([]);
  return flat(model);
}

const flat = (model: TinyNet): number[] => model.parameters().flatMap(({ variable }) => [...variable.dataSync()]);

function expectClose(received: readonly number[], expected: readonly number[]): void {
  received.forEach((value, index) => {
    expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-5);
  });
}

test('accumulated small batches move the parameters as one large batch does', async () => {
  const large = await weightsAfter({ batchSize: 20 });
  expectClose(await weightsAfter({ batchSize: 5, accumulate: 4 }), large);
  expectClose(await weightsAfter({ batchSize: 4, accumulate: 5 }), large);
});

test('the last group of an epoch may be smaller: its mean is over what it has', async () => {
  const model = tinyNet();
  const optimizer = new Sgd(model.parameters(), { lr: 0.1 });
  const outcome = await fit({ model, optimizer, data: new Points({ batchSize: 8 }), epochs: 1, accumulate: 2 });
  expect(outcome.steps).toBe(3);
  expect(outcome.history[0]!.train).toMatchObject({ batches: 5, samples: 40 });
});

test('clipping scales by the norm of all gradients together, or clamps each', () => {
  const [a, b] = [new Parameter(new Float32Array(2), [2]), new Parameter(new Float32Array(1), [1])];
  const values = (gradients: ReadonlyMap<Parameter, Tensor>): number[][] =>
    [...gradients.values()].map((gradient) => [...gradient.dataSync()]);
  tidy(() => {
    const gradients = new Map([
      [a, tensor([3, 0])],
      [b, tensor([-4])],
    ]);
    expect(globalNorm(gradients).dataSync()[0]).toBe(5);
    expectClose(values(clipByNorm({ maxNorm: 1 })(gradients)).flat(), [0.6, 0, -0.8]);
    expect(values(clipByNorm({ maxNorm: 6 })(gradients))).toEqual([[3, 0], [-4]]);
    expect(values(clipByValue({ limit: 2 })(gradients))).toEqual([[2, 0], [-2]]);
    expect(globalNorm(new Map()).dataSync()[0]).toBe(0);
  });
});

test('a model that is frozen altogether cannot be trained, and says so', () => {
  const model = tinyNet();
  model.freeze();
  expect(() =>
    valueAndGradients(
      () => crossEntropyLoss()(tensor([[1, 2]]), tensor([0], [1], 'int32')) as never,
      model.parameters(),
    ),
  ).toThrow('expected at least one trainable parameter, received 4 parameters, all frozen');
});

test('a frozen layer keeps every byte while the rest learns', async () => {
  const model = tinyNet();
  model.fc1.freeze();
  const before = await model.stateDict();
  const optimizer = new Sgd(model.parameters(), { lr: 0.1, weightDecay: 0.1 });
  await fit({ model, optimizer, data: new Points(), epochs: 2 });
  const after = await model.stateDict();
  expect(after.get('fc1.weight')).toEqual(before.get('fc1.weight'));
  expect(after.get('fc2.weight')).not.toEqual(before.get('fc2.weight'));
});

test('the average follows the weights, is what evaluation uses, and is adopted at the end', async () => {
  const model = tinyNet();
  const optimizer = new Sgd(model.parameters(), { lr: 0.5 });
  const decay = 0.8;
  let expected = flat(model);
  const trained: number[][] = [];
  const validated: number[] = [];
  const before = memory().numTensors;
  await fit({
    model,
    optimizer,
    data: new Points(),
    validation: new Points({ shuffle: false }),
    epochs: 2,
    average: weightAverage({ decay }),
    metrics: [{ name: 'first', reset() {}, update() {}, compute: () => flat(model)[0]! }],
    callbacks: [
      {
        name: 'follower',
        onStepEnd() {
          trained.push(flat(model));
          expected = expected.map((value, index) => decay * value + (1 - decay) * flat(model)[index]!);
        },
        async onValidationEnd(run) {
          expect(flat(model)).toEqual(trained.at(-1)); // the weights are back
          validated.push(run.state.validation!.first!);
          expect((await run.weights()).get('fc1.weight')!.data[0]).toBeCloseTo(expected[0]!, 5);
        },
      },
    ],
  });
  expect(memory().numTensors).toBe(before);
  expect(validated[1]).toBeCloseTo(expected[0]!, 5);
  expectClose(flat(model), expected);
});

test('an average that warms up forgets the first weights sooner', () => {
  const distance = (warmUp: boolean): number => {
    const model = tinyNet();
    const average = weightAverage({ decay: 0.999, warmUp })(model);
    const target = { dtype: 'float32', shape: [8], data: new Float32Array(8).fill(1) } as const;
    model.fc1.bias!.write(target);
    for (let step = 0; step < 20; step++) average.update();
    average.adopt();
    const [value] = model.fc1.bias!.variable.dataSync();
    average.dispose();
    return 1 - value!;
  };
  expect(distance(true)).toBeLessThan(0.1);
  expect(distance(false)).toBeGreaterThan(0.5);
});

test('dropout draws from the stream of the run, which its seed decides', async () => {
  const losses = async (seed: number): Promise<number> => {
    const model = tinyNet({ dropout: 0.5 });
    const optimizer = new Sgd(model.parameters());
    const { history } = await fit({ model, optimizer, data: new Points({ generator: new Generator(1) }), seed });
    return history[0]!.train.lossSum;
  };
  expect(await losses(1)).toBe(await losses(1));
  expect(await losses(1)).not.toBe(await losses(2));
});
