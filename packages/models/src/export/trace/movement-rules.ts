import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import type { KernelAttrs } from './kernel-attrs.ts';
import type { ConcreteTensor, KernelRule } from './kernel-rule.ts';

function reduction(axisName = 'axis'): KernelRule {
  return (inputs, attrs) => {
    const x = inputs.get('x');
    const axes = util.parseAxisParam(attrs.numbers(axisName, range(x.shape.length)), [...x.shape]);
    const keepDims = attrs.boolean('keepDims');
    const [shape] = backend_util.computeOutAndReduceShapes([...x.shape], axes);
    const kept = backend_util.expandShapeToKeepDim(shape, axes);
    return { outputs: [{ shape: keepDims ? kept : shape, dtype: x.dtype }], attrs: { axes, keepDims } };
  };
}

function axisOf(attrs: KernelAttrs, rank: number): number {
  const axis = attrs.numbers('axis', [0])[0] ?? 0;
  return axis < 0 ? axis + rank : axis;
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

function reshaped({ dtype }: ConcreteTensor, shape: readonly number[]): ConcreteTensor {
  return { shape, dtype };
}

/** Sizes along the axis: `numOrSizeSplits` is their number, or they themselves with at most one −1. */
function splitSizes(x: ConcreteTensor, axis: number, attrs: KernelAttrs): number[] {
  const given = attrs.numbers('numOrSizeSplits');
  const total = x.shape[axis] ?? 0;
  const [count = 1] = given;
  if (!attrs.isList('numOrSizeSplits')) return Array.from({ length: count }, () => total / count);
  const known = given.reduce((sum, size) => sum + Math.max(size, 0), 0);
  return given.map((size) => (size < 0 ? total - known : size));
}

const resize: KernelRule = (inputs, attrs) => {
  const x = inputs.get('images');
  const [n = 1, , , c = 1] = x.shape;
  const size = attrs.pair('size');
  const outputs = [{ shape: [n, ...size, c], dtype: x.dtype }];
  const flags = { alignCorners: attrs.boolean('alignCorners'), halfPixelCenters: attrs.boolean('halfPixelCenters') };
  return { outputs, attrs: { size, ...flags } };
};

/** Kernels that reduce, reorder, cut and join. */
export const MOVEMENT_RULES: Readonly<Record<string, KernelRule>> = {
  Mean: reduction(),
  Sum: reduction(),
  Max: reduction('reductionIndices'),
  Min: reduction(),
  Prod: reduction(),
  Reshape: (inputs, attrs) => {
    const x = inputs.get('x');
    const shape = util.inferFromImplicitShape(attrs.numbers('shape'), util.sizeFromShape([...x.shape]));
    return { outputs: [reshaped(x, shape)], attrs: { shape } };
  },
  ExpandDims: (inputs, attrs) => {
    const x = inputs.get('input');
    const dim = attrs.number('dim');
    const shape = [...x.shape];
    shape.splice(dim < 0 ? dim + shape.length + 1 : dim, 0, 1);
    return { outputs: [reshaped(x, shape)], attrs: { shape } };
  },
  Transpose: (inputs, attrs) => {
    const x = inputs.get('x');
    const perm = attrs.numbers('perm');
    return {
      outputs: [
        reshaped(
          x,
          perm.map((axis) => x.shape[axis] ?? 1),
        ),
      ],
      attrs: { perm },
    };
  },
  PadV2: (inputs, attrs) => {
    const x = inputs.get('x');
    const paddings = attrs.paddings('paddings');
    const shape = x.shape.map((side, axis) => side + (paddings[axis]?.[0] ?? 0) + (paddings[axis]?.[1] ?? 0));
    return { outputs: [reshaped(x, shape)], attrs: { paddings, value: attrs.number('constantValue', 0) } };
  },
  Concat: (inputs, attrs) => {
    const tensors = inputs.list;
    const axis = axisOf(attrs, tensors[0]?.shape.length ?? 0);
    const shape = backend_util.computeOutShape(
      tensors.map((tensor) => [...tensor.shape]),
      axis,
    );
    return { outputs: [reshaped(tensors[0] ?? { shape: [], dtype: 'float32' }, shape)], attrs: { axis } };
  },
  Pack: (inputs, attrs) => {
    const tensors = inputs.list;
    const first = tensors[0] ?? { shape: [], dtype: 'float32' };
    const axis = axisOf(attrs, first.shape.length + 1);
    const shape = [...first.shape];
    shape.splice(axis, 0, tensors.length);
    return { outputs: [reshaped(first, shape)], attrs: { axis } };
  },
  Slice: (inputs, attrs) => {
    const x = inputs.get('x');
    const input = { dataId: {}, shape: [...x.shape], dtype: x.dtype };
    const [begin = [], size = []] = slice_util.parseSliceParams(input, attrs.numbers('begin'), attrs.numbers('size'));
    return { outputs: [reshaped(x, size)], attrs: { begin, size } };
  },
  SplitV: (inputs, attrs) => {
    const x = inputs.get('x');
    const axis = axisOf(attrs, x.shape.length);
    const sizes = splitSizes(x, axis, attrs);
    const outputs = sizes.map((size) =>
      reshaped(
        x,
        x.shape.map((side, i) => (i === axis ? size : side)),
      ),
    );
    return { outputs, attrs: { axis, sizes } };
  },
  GatherV2: (inputs, attrs) => {
    const [x, indices] = [inputs.get('x'), inputs.get('indices')];
    const axis = axisOf(attrs, x.shape.length);
    const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
    return { outputs: [reshaped(x, shape)], attrs: { axis, batchDims: attrs.number('batchDims', 0) } };
  },
  Tile: (inputs, attrs) => {
    const x = inputs.get('x');
    const reps = attrs.numbers('reps');
    return {
      outputs: [
        reshaped(
          x,
          x.shape.map((side, axis) => side * (reps[axis] ?? 1)),
        ),
      ],
      attrs: { reps },
    };
  },
  ResizeBilinear: resize,
  ResizeNearestNeighbor: resize,
  Fill: (_inputs, attrs) => {
    const dtype = attrs.text<'float32' | 'int32' | 'bool'>('dtype', 'float32');
    const shape = attrs.numbers('shape');
    return { outputs: [{ shape, dtype }], attrs: { shape, value: attrs.number('value') } };
  },
};
