import { cast, grads, matMul, type Tensor, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { registerGradients } from '../gradients/register-gradients.ts';
import { conv2d } from '../kernels/conv2d.ts';
import { maxPool2dWindow } from '../kernels/max-pool2d.ts';
import { relu } from '../nn/functional/relu.ts';
import type { WindowAxis } from '../shape/window-axis.ts';
import {
  convolve,
  convolveGradients,
  type HostMap,
  multiply,
  pool,
  poolGradient,
  rectify,
  rectifyGradient,
  transposeMap,
  wave,
} from './probe-reference.ts';

/** An operation of which a backend computes a wrong value or gradient. */
export interface ProbeFailure {
  /** For example `gradient of a convolution (filter)`. */
  readonly operation: string;
  /** What it computed wrongly, or what it threw. */
  readonly reason: string;
}

/** What a backend is to compute, and what it is in double precision. */
interface ProbeCase {
  readonly operation: string;
  readonly compute: () => Tensor;
  readonly expected: HostMap;
}

/** Of the largest value: far above the rounding of float32, far below what a wrong kernel gives. */
const TOLERANCE = 1e-3;

/**
 * Compares values and gradients of a tiny network on the current backend with plain loops in double precision: matrix
 * product, transposition, convolution, ReLU, max pooling, also of negative values. Some devices compute silently wrong.
 *
 * @returns What is wrong; empty when all is well. Reads about a thousand values back from the device.
 */
export async function probeBackend(): Promise<readonly ProbeFailure[]> {
  registerGradients();
  const failures: ProbeFailure[] = [];
  for (const { operation, compute, expected } of [...matMulCases(), ...blockCases(), ...poolCases()]) {
    const reason = await compare(compute, expected);
    if (reason) failures.push({ operation, reason });
  }
  return failures;
}

function matMulCases(): ProbeCase[] {
  const [a, b, dy] = [wave([5, 7], 1), wave([7, 6], 2), wave([5, 6], 3)];
  const gradient = (i: number) => () => grads((x, y) => matMul(x, y))([upload(a), upload(b)], upload(dy))[i]!;
  const hundreds: HostMap = { shape: a.shape, data: a.data.map((value) => Math.round(100 * value)) };
  return [
    { operation: 'matrix product', compute: () => matMul(upload(a), upload(b)), expected: multiply(a, b) },
    { operation: 'gradient of a matrix product (left)', compute: gradient(0), expected: multiply(dy, transposeMap(b)) },
    {
      operation: 'gradient of a matrix product (right)',
      compute: gradient(1),
      expected: multiply(transposeMap(a), dy),
    },
    {
      operation: 'transposition of int32',
      compute: () => transpose(cast(upload(hundreds), 'int32')),
      expected: transposeMap(hundreds),
    },
  ];
}

/** Convolution, ReLU and max pooling as layers run them: a backend may fuse them. */
function blockCases(): ProbeCase[] {
  const [x, filter, bias, dy] = [wave([2, 6, 4, 3], 1), wave([3, 3, 3, 4], 2), wave([4], 3), wave([2, 3, 2, 4], 4)];
  const convolved = convolve(x, filter, bias);
  const active = rectify(convolved);
  const dConvolved = rectifyGradient(active, poolGradient(active, dy));
  const [dx, dFilter, dBias] = convolveGradients(x, filter, dConvolved);
  const inputs = () => [upload(x), upload(filter), upload(bias)];
  const block = (image: Tensor, weights: Tensor, offset: Tensor): Tensor => {
    const maps = conv2d(image, weights, { bias: offset, height: axis(6, 3, 1, 1), width: axis(4, 3, 1, 1), groups: 1 });
    return maxPool2dWindow(relu(maps), axis(6, 2, 2, 0), axis(4, 2, 2, 0));
  };
  const gradient = (i: number) => () => grads(block)(inputs(), upload(dy))[i]!;
  return [
    {
      operation: 'convolution with ReLU and max pooling',
      compute: () => block(...(inputs() as [Tensor, Tensor, Tensor])),
      expected: pool(active),
    },
    { operation: 'gradient of a convolution (input)', compute: gradient(0), expected: dx },
    { operation: 'gradient of a convolution (filter)', compute: gradient(1), expected: dFilter },
    { operation: 'gradient of a convolution (bias)', compute: gradient(2), expected: dBias },
  ];
}

function poolCases(): ProbeCase[] {
  const x = wave([2, 4, 6, 3], 5);
  const negative: HostMap = { shape: x.shape, data: x.data.map((value) => Math.fround(value - 2)) };
  const dy = wave([2, 2, 3, 3], 6);
  const maxPool = (image: Tensor): Tensor => maxPool2dWindow(image, axis(4, 2, 2, 0), axis(6, 2, 2, 0));
  return [
    { operation: 'max pooling of negatives', compute: () => maxPool(upload(negative)), expected: pool(negative) },
    {
      operation: 'gradient of max pooling of negatives',
      compute: () => grads(maxPool)([upload(negative)], upload(dy))[0]!,
      expected: poolGradient(negative, dy),
    },
  ];
}

function axis(inputSize: number, kernelSize: number, stride: number, padding: number): WindowAxis {
  return { inputSize, kernelSize, stride, dilation: 1, paddingBegin: padding, paddingEnd: padding };
}

function upload({ data, shape }: HostMap): Tensor {
  return tensor(Float32Array.from(data), [...shape], 'float32');
}

async function compare(compute: () => Tensor, expected: HostMap): Promise<string | undefined> {
  let result: Tensor | undefined;
  try {
    result = tidy(compute);
    const received = await result.data(); // read back
    const largest = expected.data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const worst = expected.data.findIndex((value, i) => !(Math.abs(value - received[i]!) <= TOLERANCE * largest));
    if (String(result.shape) !== String(expected.shape))
      return `shape [${result.shape}] instead of [${expected.shape}]`;
    return worst < 0 ? undefined : `${received[worst]} instead of ${expected.data[worst]} at ${worst}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    result?.dispose();
  }
}
