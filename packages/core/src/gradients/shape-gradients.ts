import {
  backend_util,
  concat,
  type GradConfig,
  type NamedAttrMap,
  pad,
  reshape,
  reverse,
  slice,
  slice_util,
  split,
  stack,
  sum,
  type Tensor,
  transpose,
  unstack,
} from '@tensorflow/tfjs-core';
import { defineGradient } from './define-gradient.ts';
import { sumToShape } from './sum-to-shape.ts';

const KEEP_X = { inputs: ['x'] };

/** Gradients of kernels that move elements and compute nothing. */
export const shapeGradients: readonly GradConfig[] = [
  defineGradient('Identity', {}, (dy) => ({ x: () => dy.clone() })),
  defineGradient('Cast', {}, (dy) => ({ x: () => dy.clone() })),
  defineGradient('Reshape', KEEP_X, (dy, [x]) => ({ x: () => reshape(dy, x!.shape) })),
  defineGradient('ExpandDims', { inputs: ['input'] }, (dy, [input]) => ({ input: () => reshape(dy, input!.shape) })),
  defineGradient<{ perm: number[] }>('Transpose', {}, (dy, _, { perm }) => ({
    x: () => transpose(dy, backend_util.getUndoAxesPermutation(perm)),
  })),
  defineGradient<{ dims: number | number[] }>('Reverse', {}, (dy, _, { dims }) => ({ x: () => reverse(dy, dims) })),
  defineGradient('BroadcastTo', KEEP_X, (dy, [x]) => ({ x: () => sumToShape(dy, x!.shape) })),
  defineGradient<{ reps: number[] }>('Tile', KEEP_X, (dy, [x], { reps }) => ({ x: () => untile(dy, x!.shape, reps) })),
  defineGradient<{ paddings: number[][] }>('PadV2', KEEP_X, (dy, [x], { paddings }) => ({
    x: () =>
      slice(
        dy,
        paddings.map(([before]) => before!),
        x!.shape,
      ),
  })),
  defineGradient<{ begin: number[]; size: number[] }>('Slice', KEEP_X, (dy, [x], { begin, size }) => ({
    x: () => {
      const [first = [], count = []] = slice_util.parseSliceParams(x!, begin, size);
      return pad(
        dy,
        x!.shape.map((side, i): [number, number] => [first[i]!, side - first[i]! - count[i]!]),
      );
    },
  })),
  ofManyInputs<{ axis: number }>('Concat', (dy, inputs, { axis }) => {
    const along = axis < 0 ? axis + dy.rank : axis;
    const parts = split(
      dy,
      inputs.map(({ shape }) => shape[along]!),
      along,
    );
    return parts;
  }),
  ofManyInputs<{ axis: number }>('Pack', (dy, _, { axis }) => unstack(dy, axis)),
  ofManyOutputs<{ axis: number }>('SplitV', 'x', (dys, { axis }) => concat(dys, axis)),
  ofManyOutputs<{ axis: number }>('Unpack', 'value', (dys, { axis }) => stack(dys, axis)),
];

/** The gradient of a kernel over a list of tensors, all of which are needed for their shapes. */
function ofManyInputs<Attrs extends NamedAttrMap>(
  kernelName: string,
  gradients: (dy: Tensor, inputs: Tensor[], attrs: Attrs) => Tensor[],
): GradConfig {
  return {
    kernelName,
    saveAllInputs: true,
    gradFunc: (dy, inputs, attrs) => {
      const gradient = Array.isArray(dy) ? dy[0]! : dy;
      const thunk = (i: number) => () => gradients(gradient, inputs, attrs as Attrs)[i]!;
      return Object.fromEntries(inputs.map((_, i) => [String(i), thunk(i)]));
    },
  };
}

/** The gradient of a kernel that gives a list of tensors. */
function ofManyOutputs<Attrs extends NamedAttrMap>(
  kernelName: string,
  input: string,
  gradient: (dys: Tensor[], attrs: Attrs) => Tensor,
): GradConfig {
  return {
    kernelName,
    gradFunc: (dys, _, attrs) => ({ [input]: () => gradient(Array.isArray(dys) ? dys : [dys], attrs as Attrs) }),
  };
}

/** Sums the repetitions, one axis at a time. */
function untile(dy: Tensor, shape: number[], reps: number[]): Tensor {
  const sides = [...dy.shape];
  return shape.reduce((gradient, side, axis) => {
    const outer = sides.slice(0, axis).reduce((a, b) => a * b, 1);
    const inner = sides.slice(axis + 1).reduce((a, b) => a * b, 1);
    sides[axis] = side;
    return reshape(sum(reshape(gradient, [outer, reps[axis]!, side * inner]), 1), sides);
  }, dy);
}
