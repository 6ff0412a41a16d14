import {
  inputList,
  inputOf,
  numberAttr,
  numberList,
  outputOf,
  pairList,
  refuseBatch,
  shapeWithBatch,
} from '../node-access.ts';
import { type GraphNode, type GraphValue, isBatchDim } from '../trace/traced-graph.ts';
import { type Form, type OnnxGraphBuilder, TORCH_AXIS } from './onnx-graph-builder.ts';
import { commonForm, type OnnxTranslator } from './onnx-translator.ts';

function reshape(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = node.inputs.x ?? inputOf(node, 'input');
  const shape = builder.int64s(shapeWithBatch(node, node.attrs.shape));
  builder.define(outputOf(node), 'memory', builder.emit('Reshape', [inMemoryOrder(value, builder), shape])[0] ?? '');
}

/** The elements in the order of memory; of one channel or one pixel both forms have the same. */
function inMemoryOrder(value: GraphValue, builder: OnnxGraphBuilder): string {
  const [, h, w, c] = value.shape;
  const sameOrder = value.shape.length === 4 && (c === 1 || (h === 1 && w === 1));
  return builder.use(value, sameOrder && builder.hasTorchForm(value) ? 'torch' : 'memory');
}

/** NHWC to NCHW is nothing to do for an image that is there as NCHW. */
function transpose(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = inputOf(node, 'x');
  const perm = numberList(node, 'perm');
  const form: Form = builder.hasTorchForm(value) ? 'torch' : 'memory';
  const moved = form === 'torch' ? perm.map((axis) => TORCH_AXIS[axis] ?? axis) : perm;
  const source = builder.use(value, form);
  const isIdentity = moved.every((axis, i) => axis === i);
  const name = isIdentity ? source : builder.emit('Transpose', [source], { perm: { ints: moved } })[0];
  builder.define(outputOf(node), 'memory', name ?? '');
}

/** Operators that take their axes as an attribute; `ReduceSum` takes them as an input since opset 13. */
function reduction(opType: string): OnnxTranslator {
  return (node, builder) => {
    const value = inputOf(node, 'x');
    const axes = numberList(node, 'axes');
    const keepDims = node.attrs.keepDims === true;
    const left = value.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    // Without the reduced axes the others must come out in the order that they have in memory.
    const inOrder = left.every((axis, i) => i === 0 || (TORCH_AXIS[left[i - 1] ?? 0] ?? 0) < (TORCH_AXIS[axis] ?? 0));
    const form: Form = builder.hasTorchForm(value) && (keepDims || inOrder) ? 'torch' : 'memory';
    const moved = form === 'torch' ? axes.map((axis) => TORCH_AXIS[axis] ?? axis).sort((a, b) => a - b) : axes;
    const keep = { keepdims: { int: Number(keepDims) } };
    const source = builder.use(value, form);
    const [name = ''] =
      opType === 'ReduceSum'
        ? builder.emit(opType, [source, builder.int64s(moved)], keep)
        : builder.emit(opType, [source], { ...keep, axes: { ints: moved } });
    builder.define(outputOf(node), keepDims ? form : 'memory', name);
  };
}

function pad(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = inputOf(node, 'x');
  const form = commonForm([value], outputOf(node), builder);
  const pads = inForm(pairList(node, 'paddings'), form);
  const sides = builder.int64s([...pads.map(([before]) => before), ...pads.map(([, after]) => after)]);
  const inputs = [builder.use(value, form), sides, builder.scalar(numberAttr(node, 'value'))];
  builder.define(outputOf(node), form, builder.emit('Pad', inputs, { mode: { text: 'constant' } })[0] ?? '');
}

function concat(node: GraphNode, builder: OnnxGraphBuilder): void {
  const values = inputList(node);
  const form = commonForm(values, outputOf(node), builder);
  const axis = { int: axisInForm(numberAttr(node, 'axis'), form) };
  const inputs = values.map((value) => builder.use(value, form));
  builder.define(outputOf(node), form, builder.emit('Concat', inputs, { axis })[0] ?? '');
}

function pack(node: GraphNode, builder: OnnxGraphBuilder): void {
  const axis = numberAttr(node, 'axis');
  const axes = builder.int64s([axis]);
  const inputs = inputList(node).map(
    (value) => builder.emit('Unsqueeze', [builder.use(value, 'memory'), axes])[0] ?? '',
  );
  builder.define(outputOf(node), 'memory', builder.emit('Concat', inputs, { axis: { int: axis } })[0] ?? '');
}

/** Axes that are taken whole are left out, so that the batch may have any size. */
function slice(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = inputOf(node, 'x');
  const form = commonForm([value], outputOf(node), builder);
  const begin = numberList(node, 'begin');
  const sizes = Array.isArray(node.attrs.size) ? node.attrs.size : [];
  const cuts = value.shape.flatMap((side, axis) => {
    const size = sizes[axis];
    const whole = typeof side === 'number' ? size === side : isBatchDim(size) && size.perSample === side.perSample;
    if (whole) return [];
    const start = begin[axis] ?? 0;
    return [
      [axisInForm(axis, form), start, start + (typeof size === 'number' ? size : refuseBatch(node, 'size', size))],
    ];
  });
  const column = (i: number) => builder.int64s(cuts.map((cut) => cut[i] ?? 0));
  const source = builder.use(value, form);
  const [name = ''] = cuts.length === 0 ? [source] : builder.emit('Slice', [source, column(1), column(2), column(0)]);
  builder.define(outputOf(node), form, name);
}

function split(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = inputOf(node, 'x');
  const form = commonForm([value], value, builder);
  const axis = { int: axisInForm(numberAttr(node, 'axis'), form) };
  const inputs = [builder.use(value, form), builder.int64s(numberList(node, 'sizes'))];
  const names = builder.emit('Split', inputs, { axis }, node.outputs.length);
  for (const [i, output] of node.outputs.entries()) builder.define(output, form, names[i] ?? '');
}

function gather(node: GraphNode, builder: OnnxGraphBuilder): void {
  const [value, indices] = [inputOf(node, 'x'), inputOf(node, 'indices')];
  if (numberAttr(node, 'batchDims') !== 0) refuseBatch(node, 'batchDims', node.attrs.batchDims);
  const form = indices.shape.length === 1 ? commonForm([value], outputOf(node), builder) : 'memory';
  const axis = { int: axisInForm(numberAttr(node, 'axis'), form) };
  const inputs = [builder.use(value, form), builder.use(indices, 'memory')];
  builder.define(outputOf(node), form, builder.emit('Gather', inputs, { axis })[0] ?? '');
}

function tile(node: GraphNode, builder: OnnxGraphBuilder): void {
  const value = inputOf(node, 'x');
  const form = commonForm([value], outputOf(node), builder);
  const reps = builder.int64s(inForm(numberList(node, 'reps'), form));
  builder.define(outputOf(node), form, builder.emit('Tile', [builder.use(value, form), reps])[0] ?? '');
}

function resize(mode: 'linear' | 'nearest'): OnnxTranslator {
  return (node, builder) => {
    const source = builder.use(inputOf(node, 'images'), 'torch');
    const [shape = ''] = builder.emit('Shape', [source], { start: { int: 0 }, end: { int: 2 } });
    const [sizes = ''] = builder.emit('Concat', [shape, builder.int64s(numberList(node, 'size'))], {
      axis: { int: 0 },
    });
    const { alignCorners, halfPixelCenters } = node.attrs;
    const coordinates = alignCorners ? 'align_corners' : halfPixelCenters ? 'half_pixel' : 'asymmetric';
    const [name = ''] = builder.emit('Resize', [source, '', '', sizes], {
      mode: { text: mode },
      coordinate_transformation_mode: { text: coordinates },
      nearest_mode: { text: alignCorners ? 'round_prefer_ceil' : 'floor' },
    });
    builder.define(outputOf(node), 'torch', name);
  };
}

function fill(node: GraphNode): never {
  return refuseBatch(node, 'shape', node.attrs.shape);
}

function axisInForm(axis: number, form: Form): number {
  return form === 'torch' ? (TORCH_AXIS[axis] ?? axis) : axis;
}

/** Entries that belong to axes of NHWC, in the order of the form. */
function inForm<Entry>(entries: readonly Entry[], form: Form): Entry[] {
  if (form === 'memory' || entries.length !== 4) return [...entries];
  return [0, 3, 1, 2].map((axis) => entries[axis]).filter((entry): entry is Entry => entry !== undefined);
}

/** Kernels that reduce, reorder, cut and join. */
export const MOVEMENT_TRANSLATORS: Readonly<Record<string, OnnxTranslator>> = {
  Mean: reduction('ReduceMean'),
  Sum: reduction('ReduceSum'),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
  Reshape: reshape,
  ExpandDims: reshape,
  Transpose: transpose,
  PadV2: pad,
  Concat: concat,
  Pack: pack,
  Slice: slice,
  SplitV: split,
  GatherV2: gather,
  Tile: tile,
  ResizeBilinear: resize('linear'),
  ResizeNearestNeighbor: resize('nearest'),
  Fill: fill,
};
