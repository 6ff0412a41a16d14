import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Generator, registerGradients } from '../index.ts';

type Operation = (...inputs: tf.Tensor[]) => tf.Tensor;

/** An input of an operation: its shape, and between which values it is drawn. */
interface Input {
  readonly shape: number[];
  readonly low?: number;
  readonly high?: number;
}

/** Half the distance between the points at which a slope is measured. Inputs keep farther from kinks. */
const STEP = 1e-2;
const generator = new Generator(7);

beforeAll(async () => {
  await tf.setBackend('cpu');
  registerGradients();
});

/** Distinct values, away from whole numbers where functions of one operand have their kinks. */
function draw({ shape, low = -1.7, high = 1.7 }: Input): Float32Array {
  const count = shape.reduce((a, b) => a * b, 1);
  const spread = Float32Array.from(generator.randperm(count), (rank) => low + ((rank + 0.4) / count) * (high - low));
  return spread.map((value) => (Math.abs(value - Math.round(value)) < 3 * STEP ? value + 5 * STEP : value));
}

async function expectSlopes(operation: Operation, inputs: readonly Input[]): Promise<void> {
  const data = inputs.map(draw);
  const upload = (): tf.Tensor[] => data.map((values, i) => tf.tensor(values, inputs[i]!.shape, 'float32'));
  const shape = tf.tidy(() => operation(...upload()).shape);
  const weights = generator.uniform(
    shape.reduce((a, b) => a * b, 1),
    0.5,
    1.5,
  );
  const before = tf.memory().numTensors;
  const gradients = tf.tidy(() => {
    const computed = tf.grads(operation)(upload(), tf.tensor(weights, shape, 'float32'));
    expect(computed.map((gradient) => gradient.shape)).toEqual(inputs.map((input) => input.shape));
    return computed.map((gradient) => gradient.dataSync().slice());
  });
  expect(tf.memory().numTensors, 'tensors left over').toBe(before);
  const loss = (): number =>
    tf.tidy(() => {
      const output = operation(...upload()).dataSync();
      return weights.reduce((sum, weight, i) => sum + weight * output[i]!, 0);
    });
  for (const [i, values] of data.entries()) {
    const slopes = Array.from(values, (value, place) => {
      const at = (moved: number): number => {
        values[place] = moved;
        return loss();
      };
      const slope = (at(value + STEP) - at(value - STEP)) / (2 * STEP);
      values[place] = value;
      return slope;
    });
    const largest = slopes.reduce((max, slope) => Math.max(max, Math.abs(slope)), 0.1);
    const worst = slopes.reduce((max, slope, place) => Math.max(max, Math.abs(slope - gradients[i]![place]!)), 0);
    expect(worst / largest, `relative error for input ${i}`).toBeLessThan(3e-3);
  }
}

const matrix: Input = { shape: [3, 4] };
const positive: Input = { shape: [3, 4], low: 0.3, high: 2.6 };
const row: Input = { shape: [4], low: 0.3, high: 2.6 };
const images: Input = { shape: [1, 4, 5, 2] };

describe('functions of one tensor', () => {
  test.each<[string, Operation, Input]>([
    ['abs', (x) => tf.abs(x!), matrix],
    ['square', (x) => tf.square(x!), matrix],
    ['log', (x) => tf.log(x!), positive],
    ['log1p', (x) => tf.log1p(x!), positive],
    ['exp', (x) => tf.exp(x!), matrix],
    ['expm1', (x) => tf.expm1(x!), matrix],
    ['sqrt', (x) => tf.sqrt(x!), positive],
    ['rsqrt', (x) => tf.rsqrt(x!), positive],
    ['reciprocal', (x) => tf.reciprocal(x!), positive],
    ['sin', (x) => tf.sin(x!), matrix],
    ['cos', (x) => tf.cos(x!), matrix],
    ['erf', (x) => tf.erf(x!), matrix],
    ['neg', (x) => tf.neg(x!), matrix],
    ['sigmoid', (x) => tf.sigmoid(x!), matrix],
    ['tanh', (x) => tf.tanh(x!), matrix],
    ['softplus', (x) => tf.softplus(x!), matrix],
    ['clipByValue', (x) => tf.clipByValue(x!, -0.5, 0.5), matrix],
    ['step', (x) => tf.add(tf.step(x!), x!), matrix],
    ['sign', (x) => tf.add(tf.sign(x!), x!), matrix],
    ['floor', (x) => tf.add(tf.floor(x!), x!), matrix],
    ['relu', (x) => tf.relu(x!), matrix],
    ['relu6', (x) => tf.relu6(tf.mul(5, x!)), matrix],
    ['leakyRelu', (x) => tf.leakyRelu(x!, 0.3), matrix],
    ['elu', (x) => tf.elu(x!), matrix],
    ['softmax', (x) => tf.softmax(x!), matrix],
    ['logSoftmax', (x) => tf.logSoftmax(x!), matrix],
    ['cast', (x) => tf.cast(x!, 'float32'), matrix],
    ['reshape', (x) => tf.reshape(x!, [2, 6]), matrix],
    ['expandDims', (x) => tf.expandDims(x!, 1), matrix],
    ['transpose', (x) => tf.transpose(x!, [0, 3, 1, 2]), images],
    ['reverse', (x) => tf.reverse(x!, [1]), matrix],
    ['broadcastTo', (x) => tf.broadcastTo(tf.reshape(x!, [3, 1, 4]), [3, 2, 4]), matrix],
    ['tile', (x) => tf.tile(x!, [2, 3]), matrix],
    [
      'pad',
      (x) =>
        tf.pad(x!, [
          [1, 2],
          [0, 3],
        ]),
      matrix,
    ],
    ['slice', (x) => tf.slice(x!, [1, 0], [2, -1]), matrix],
    ['concat of itself', (x) => tf.concat([x!, tf.square(x!)], -1), matrix],
    ['stack', (x) => tf.stack([x!, tf.square(x!)], 1), matrix],
    ['unstack', (x) => tf.mul(tf.unstack(x!, 1)[2]!, tf.unstack(x!, 1)[0]!), matrix],
    ['split', (x) => tf.mul(tf.split(x!, 2, 1)[0]!, tf.split(x!, 2, 1)[1]!), matrix],
    ['split of which one part is used', (x) => tf.split(x!, [1, 3], 1)[1]!, matrix],
    ['gather with repetition', (x) => tf.gather(x!, tf.tensor1d([2, 0, 2, 1, 2], 'int32'), 1), images],
    ['sum', (x) => tf.sum(x!, 0), matrix],
    ['sum of all', (x) => tf.sum(x!), matrix],
    ['sum keeping axes', (x) => tf.sum(x!, [1, 2], true), images],
    ['mean', (x) => tf.mean(x!, [0, -1]), images],
    ['mean of all', (x) => tf.mean(x!), matrix],
    ['max', (x) => tf.max(x!, 1), matrix],
    ['max of all', (x) => tf.max(x!), matrix],
    ['min', (x) => tf.min(x!, [1, 2], true), images],
    ['where', (x) => tf.where(tf.greater(x!, 0.25), tf.square(x!), x!), matrix],
    ['moments', (x) => tf.add(tf.moments(x!, 0).variance, tf.moments(x!, 0).mean), matrix],
    ['maxPool', (x) => tf.maxPool(x as tf.Tensor4D, [2, 3], [1, 2], 'same'), images],
    ['avgPool', (x) => tf.avgPool(x as tf.Tensor4D, 2, 1, 'valid'), images],
    ['resizeBilinear', (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [7, 3]), images],
    ['resizeNearestNeighbor', (x) => tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [8, 10]), images],
  ])('%s', async (_, operation, input) => {
    await expectSlopes(operation, [input]);
  });
});

describe('functions of several tensors', () => {
  test.each<[string, Operation, Input[]]>([
    ['add with broadcasting', (a, b) => tf.add(a!, b!), [matrix, row]],
    ['sub with broadcasting', (a, b) => tf.sub(b!, a!), [matrix, row]],
    ['mul with broadcasting', (a, b) => tf.mul(a!, b!), [{ shape: [3, 1, 4] }, { shape: [2, 1] }]],
    ['div with broadcasting', (a, b) => tf.div(a!, b!), [matrix, row]],
    [
      'maximum',
      (a, b) => tf.maximum(a!, b!),
      [
        { shape: [3, 4], low: 0.1, high: 0.9 },
        { shape: [4], low: 1.1, high: 2 },
      ],
    ],
    ['minimum', (a, b) => tf.minimum(a!, b!), [matrix, { shape: [4], low: 2.1, high: 3 }]],
    ['squaredDifference', (a, b) => tf.squaredDifference(a!, b!), [matrix, row]],
    ['pow', (a, b) => tf.pow(a!, b!), [positive, row]],
    ['prelu', (a, b) => tf.prelu(a!, b!), [matrix, row]],
    ['where', (a, b) => tf.where(tf.tensor1d([1, 0, 1, 0], 'bool'), a!, tf.add(b!, a!)), [matrix, row]],
    ['concat', (a, b) => tf.concat([a!, b!], 1), [matrix, { shape: [3, 2] }]],
    ['matMul', (a, b) => tf.matMul(a!, b!), [matrix, { shape: [4, 2] }]],
    ['matMul of transposed', (a, b) => tf.matMul(a!, b!, true, true), [{ shape: [4, 3] }, { shape: [2, 4] }]],
    ['matMul of transposed left', (a, b) => tf.matMul(a!, b!, true), [{ shape: [4, 3] }, { shape: [4, 2] }]],
    ['matMul of transposed right', (a, b) => tf.matMul(a!, b!, false, true), [matrix, { shape: [2, 4] }]],
    ['matMul with broadcasting', (a, b) => tf.matMul(a!, b!), [{ shape: [1, 2, 3] }, { shape: [4, 3, 2] }]],
    [
      'conv2d with stride',
      (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
      [images, { shape: [3, 2, 2, 3] }],
    ],
    [
      'conv2d with dilation',
      (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, 'same', 'NHWC', [1, 2]),
      [images, { shape: [2, 2, 2, 3] }],
    ],
    [
      'conv2dTranspose',
      (x, filter) => tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [1, 8, 10, 3], 2, 'same'),
      [images, { shape: [3, 3, 3, 2] }],
    ],
    [
      'depthwiseConv2d',
      (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'),
      [images, { shape: [3, 3, 2, 2] }],
    ],
    [
      'batchNorm',
      (x, mean, variance, offset, scale) =>
        tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D),
      [images, { shape: [2] }, { shape: [2], low: 0.5, high: 2 }, { shape: [2] }, { shape: [2] }],
    ],
  ])('%s', async (_, operation, inputs) => {
    await expectSlopes(operation, inputs);
  });
});

test('equal maxima share the gradient', () => {
  const gradient = tf.tidy(() =>
    tf
      .grad((x) => tf.max(x))(tf.tensor1d([1, 3, 3]))
      .arraySync(),
  );
  expect(gradient).toEqual([0, 0.5, 0.5]);
});

test('a second call registers nothing anew', () => {
  const gradient = tf.getGradient('Relu');
  registerGradients();
  expect(tf.getGradient('Relu')).toBe(gradient);
});
