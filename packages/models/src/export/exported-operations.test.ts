import { Generator, Module } from '@cnn/core';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { difference, exportedOutputs } from '../../test/support/exported-outputs.ts';
import { traceGraph } from './trace/trace-graph.ts';
import { KERNEL_RULES } from './trace/trace-recorder.ts';

/** Of one sample, `[C, H, W]`. */
const INPUT_SHAPE = [4, 6, 5] as const;
const BATCH = 3;

class Computation extends Module {
  readonly #compute: (x: tf.Tensor4D) => tf.Tensor;

  constructor(compute: (x: tf.Tensor4D) => tf.Tensor) {
    super();
    this.#compute = compute;
  }

  override forward(x: tf.Tensor): tf.Tensor {
    return this.#compute(x as tf.Tensor4D);
  }
}

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Numbers made in forward: they are constants of the graph. */
function constant(...shape: number[]): tf.Tensor {
  const size = shape.reduce((product, side) => product * side, 1);
  return tf.tensor(new Generator(9).uniform(size, -1, 1), shape);
}

const filter = (...shape: [number, number, number, number]): tf.Tensor4D => constant(...shape) as tf.Tensor4D;
const flat = (x: tf.Tensor): tf.Tensor2D => tf.reshape(tf.transpose(x, [0, 3, 1, 2]), [-1, 120]);
/** An image that ONNX holds with its channels second, so that what follows must mind it. */
const inTorchForm = (x: tf.Tensor4D): tf.Tensor4D => tf.maxPool(x, [1, 1], 1, 'valid');
const kernel = (name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attrs);
const booleans = (x: tf.Tensor): tf.Tensor => tf.cast(x, 'float32');

/** By kernel: a forward pass in which it runs. */
const CASES: Readonly<Record<string, (x: tf.Tensor4D) => tf.Tensor>> = {
  Abs: (x) => tf.abs(x),
  Ceil: (x) => tf.ceil(x),
  Cos: (x) => tf.cos(x),
  Elu: (x) => tf.elu(x),
  Erf: (x) => tf.erf(x),
  Exp: (x) => tf.exp(x),
  Expm1: (x) => tf.expm1(x),
  Floor: (x) => tf.floor(x),
  Identity: (x) => tf.add(tf.clone(x), 1),
  Log: (x) => tf.log(tf.add(tf.abs(x), 0.5)),
  Log1p: (x) => tf.log1p(tf.abs(x)),
  LogicalNot: (x) => booleans(tf.logicalNot(tf.greater(x, 0))),
  Neg: (x) => tf.neg(x),
  Reciprocal: (x) => tf.reciprocal(tf.add(tf.abs(x), 0.5)),
  Relu: (x) => tf.relu(x),
  Relu6: (x) => tf.relu6(tf.mul(x, 9)),
  Round: (x) => tf.round(tf.mul(x, 5)),
  Rsqrt: (x) => tf.rsqrt(tf.add(tf.abs(x), 0.5)),
  Selu: (x) => tf.selu(x),
  Sigmoid: (x) => tf.mul(x, tf.sigmoid(x)),
  Sign: (x) => tf.sign(x),
  Sin: (x) => tf.sin(x),
  Softplus: (x) => tf.softplus(x),
  Sqrt: (x) => tf.sqrt(tf.abs(x)),
  Square: (x) => tf.square(x),
  Tanh: (x) => tf.tanh(x),
  LeakyRelu: (x) => tf.leakyRelu(x, 0.1),
  ClipByValue: (x) => tf.clipByValue(x, -0.3, 0.4),
  Prelu: (x) => tf.prelu(inTorchForm(x), constant(4)),
  Softmax: (x) => tf.softmax(inTorchForm(x)),
  Cast: (x) => tf.cast(tf.greater(x, 0), 'float32'),
  Select: (x) => tf.where(tf.greater(x, 0), x, tf.mul(x, 3)),
  Add: (x) => tf.add(inTorchForm(x), constant(4)),
  Maximum: (x) => tf.maximum(inTorchForm(x), constant(5, 4)),
  Minimum: (x) => tf.minimum(x, constant(1, 6, 5, 4)),
  Multiply: (x) => tf.mul(inTorchForm(x), constant(6, 1, 1)),
  Pow: (x) => tf.pow(tf.abs(x), tf.scalar(1.5)),
  RealDiv: (x) => tf.div(x, tf.scalar(3)),
  SquaredDifference: (x) => tf.squaredDifference(x, constant(4)),
  Sub: (x) => tf.sub(x, tf.mean(x, [1, 2, 3], true)),
  Equal: (x) => booleans(tf.equal(tf.sign(x), tf.scalar(1))),
  NotEqual: (x) => booleans(tf.notEqual(tf.sign(x), tf.scalar(1))),
  Greater: (x) => booleans(tf.greater(x, tf.scalar(0.1))),
  GreaterEqual: (x) => booleans(tf.greaterEqual(x, tf.scalar(0.1))),
  Less: (x) => booleans(tf.less(x, tf.scalar(0.1))),
  LessEqual: (x) => booleans(tf.lessEqual(x, tf.scalar(0.1))),
  LogicalAnd: (x) => booleans(tf.logicalAnd(tf.less(x, 0.5), tf.greater(x, 0))),
  LogicalOr: (x) => booleans(tf.logicalOr(tf.less(x, -0.5), tf.greater(x, 0))),
  Conv2D: (x) => tf.conv2d(x, filter(3, 2, 4, 6), [2, 1], [[0, 0], [1, 2], [0, 1], [0, 0]], 'NHWC', 1, 'floor'), // biome-ignore format: one axis a pair
  FusedConv2D: (x) => {
    const bias = constant(6) as tf.Tensor1D;
    return tf.fused.conv2d({ x, filter: filter(3, 3, 4, 6), strides: 1, pad: 'same', bias, activation: 'relu' });
  },
  DepthwiseConv2dNative: (x) => tf.depthwiseConv2d(x, filter(3, 3, 4, 2), 1, 'same', 'NHWC', 2),
  FusedDepthwiseConv2D: (x) => {
    const bias = constant(4) as tf.Tensor1D;
    return tf.fused.depthwiseConv2d({
      x,
      filter: filter(3, 3, 4, 1),
      strides: 1,
      pad: 'valid',
      bias,
      activation: 'elu',
    });
  },
  Conv2DBackpropInput: (x) => tf.conv2dTranspose(x, filter(3, 3, 2, 4), [x.shape[0], 12, 10, 2], 2, 'same'),
  MaxPool: (x) => tf.maxPool(x, 3, 2, 'same'),
  AvgPool: (x) => tf.avgPool(x, 3, 2, 'same'),
  BatchMatMul: (x) => tf.matMul(tf.reshape(x, [-1, 6, 20]), tf.reshape(x, [-1, 6, 20]), true, false),
  _FusedMatMul: (x) => {
    const bias = constant(7);
    return tf.fused.matMul({
      a: flat(x),
      b: constant(120, 7) as tf.Tensor2D,
      bias,
      activation: 'leakyrelu',
      leakyreluAlpha: 0.2,
    });
  },
  FusedBatchNorm: (x) =>
    tf.batchNorm4d(
      x,
      constant(4) as tf.Tensor1D,
      tf.abs(constant(4)) as tf.Tensor1D,
      undefined,
      constant(4) as tf.Tensor1D,
      1e-5,
    ),
  Mean: (x) => tf.mean(inTorchForm(x), [1, 2]),
  Sum: (x) => tf.sum(inTorchForm(x), [1]),
  Max: (x) => tf.max(inTorchForm(x), [3], true),
  Min: (x) => tf.min(x, [1, 3]),
  Prod: (x) => tf.prod(x, [2]),
  Reshape: (x) => tf.reshape(inTorchForm(x), [-1, 30, 4]),
  ExpandDims: (x) => kernel('ExpandDims', { input: x }, { dim: 1 }),
  Transpose: (x) => tf.transpose(inTorchForm(x), [0, 2, 3, 1]),
  PadV2: (x) => tf.pad(inTorchForm(x), [[0, 0], [1, 0], [0, 2], [0, 1]], 0.5), // biome-ignore format: one axis a pair
  Concat: (x) => tf.concat([inTorchForm(x), tf.neg(inTorchForm(x))], 3),
  Pack: (x) => tf.stack([flat(x), tf.neg(flat(x))], 1),
  Slice: (x) => tf.slice(inTorchForm(x), [0, 1, 0, 2], [-1, 4, 5, 2]),
  SplitV: (x) => {
    const [first, second] = tf.split(inTorchForm(x), [1, 3], 3);
    return tf.mul(first as tf.Tensor, second as tf.Tensor);
  },
  GatherV2: (x) => tf.gather(inTorchForm(x), tf.tensor1d([2, 0, 4], 'int32'), 2),
  Tile: (x) => tf.tile(inTorchForm(x), [1, 1, 2, 3]),
  ResizeBilinear: (x) => tf.image.resizeBilinear(x, [9, 4], false, true),
  ResizeNearestNeighbor: (x) => tf.image.resizeNearestNeighbor(x, [12, 10]),
  // Made of nothing, it is computed when the graph is written.
  Fill: (x) => tf.add(x, tf.fill([4], 0.25)),
};

const FOLDED = new Set(['Fill']);

describe('every kernel that can be exported', () => {
  it('has a case here', () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(KERNEL_RULES).sort());
  });

  it.each(Object.entries(CASES))(
    'gives the same numbers in onnxruntime and in stock tfjs: %s',
    async (name, compute) => {
      const module = new Computation(compute);
      const graph = await traceGraph(module, { inputShape: INPUT_SHAPE });
      expect(graph.nodes.some((node) => node.kernel === name)).toBe(!FOLDED.has(name));
      for (const { own, onnx, ownInMemory, tfjs } of await exportedOutputs(module, INPUT_SHAPE, [BATCH])) {
        expect(difference(own, onnx), 'onnxruntime').toBeLessThan(1e-5);
        expect(difference(ownInMemory, tfjs), 'tfjs').toBeLessThan(1e-5);
      }
    },
  );
});
