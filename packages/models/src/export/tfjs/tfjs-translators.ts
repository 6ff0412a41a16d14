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
import { type GraphNode, isBatchDim } from '../trace/traced-graph.ts';
import { type TfAttr, type TfjsGraphBuilder, tfDtype } from './tfjs-graph-builder.ts';
import { TFJS_WINDOW_TRANSLATORS } from './tfjs-window-translators.ts';

/** Writes one kernel as nodes of TensorFlow and defines its outputs. */
export type TfjsTranslator = (node: GraphNode, builder: TfjsGraphBuilder) => void;

/** A kernel that TensorFlow has under this name, with these inputs. */
function same(
  op: string,
  inputs: readonly string[],
  attr: (node: GraphNode) => Readonly<Record<string, TfAttr>> = () => ({}),
): TfjsTranslator {
  return (node, builder) => {
    const names = inputs.map((name) => builder.use(inputOf(node, name)));
    builder.define(outputOf(node), builder.emit(op, names, attr(node)));
  };
}

function each(names: string, inputs: readonly string[]): Record<string, TfjsTranslator> {
  return Object.fromEntries(names.split(' ').map((name) => [name, same(name, inputs)]));
}

function reduction(op: string): TfjsTranslator {
  return (node, builder) => {
    const input = [builder.use(inputOf(node, 'x')), builder.ints(numberList(node, 'axes'))];
    builder.define(outputOf(node), builder.emit(op, input, { keep_dims: { b: node.attrs.keepDims === true } }));
  };
}

function resize(op: string): TfjsTranslator {
  return (node, builder) => {
    const input = [builder.use(inputOf(node, 'images')), builder.ints(numberList(node, 'size'))];
    const attr = {
      align_corners: { b: node.attrs.alignCorners === true },
      half_pixel_centers: { b: node.attrs.halfPixelCenters === true },
    };
    builder.define(outputOf(node), builder.emit(op, input, attr));
  };
}

function reshape(node: GraphNode, builder: TfjsGraphBuilder): void {
  const value = node.inputs.x ?? inputOf(node, 'input');
  const shape = builder.ints(shapeWithBatch(node, node.attrs.shape));
  builder.define(outputOf(node), builder.emit('Reshape', [builder.use(value), shape]));
}

/** −1 takes the rest of an axis, so that the batch may have any size. */
function slice(node: GraphNode, builder: TfjsGraphBuilder): void {
  const sizes = Array.isArray(node.attrs.size) ? node.attrs.size : [];
  const value = inputOf(node, 'x');
  const counts = sizes.map((size, axis) => {
    const side = value.shape[axis];
    if (typeof size === 'number') return size;
    return isBatchDim(size) && isBatchDim(side) && size.perSample === side.perSample
      ? -1
      : refuseBatch(node, 'size', node.attrs.size);
  });
  const input = [builder.use(value), builder.ints(numberList(node, 'begin')), builder.ints(counts)];
  builder.define(outputOf(node), builder.emit('Slice', input));
}

function split(node: GraphNode, builder: TfjsGraphBuilder): void {
  const sizes = builder.ints(numberList(node, 'sizes'));
  const axis = builder.ints([numberAttr(node, 'axis')], []);
  const count = { num_split: { i: String(node.outputs.length) } };
  const name = builder.emit('SplitV', [builder.use(inputOf(node, 'x')), sizes, axis], count);
  for (const [i, output] of node.outputs.entries()) builder.define(output, i === 0 ? name : `${name}:${i}`);
}

function gather(node: GraphNode, builder: TfjsGraphBuilder): void {
  const input = ['x', 'indices'].map((name) => builder.use(inputOf(node, name)));
  const attr = { batch_dims: { i: String(numberAttr(node, 'batchDims')) } };
  builder.define(
    outputOf(node),
    builder.emit('GatherV2', [...input, builder.ints([numberAttr(node, 'axis')], [])], attr),
  );
}

function concat(node: GraphNode, builder: TfjsGraphBuilder): void {
  const values = inputList(node).map((value) => builder.use(value));
  const axis = builder.ints([numberAttr(node, 'axis')], []);
  builder.define(outputOf(node), builder.emit('ConcatV2', [...values, axis], { N: { i: String(values.length) } }));
}

function pack(node: GraphNode, builder: TfjsGraphBuilder): void {
  const values = inputList(node).map((value) => builder.use(value));
  const attr = { axis: { i: String(numberAttr(node, 'axis')) }, N: { i: String(values.length) } };
  builder.define(outputOf(node), builder.emit('Pack', values, attr));
}

function pad(node: GraphNode, builder: TfjsGraphBuilder): void {
  const pads = pairList(node, 'paddings');
  const paddings = builder.ints(pads.flat(), [pads.length, 2]);
  const input = [builder.use(inputOf(node, 'x')), paddings, builder.floats([numberAttr(node, 'value')])];
  builder.define(outputOf(node), builder.emit('PadV2', input));
}

/** Kernels with one more input that is an attribute here. */
function withList(op: string, attrName: string): TfjsTranslator {
  return (node, builder) => {
    const input = [builder.use(inputOf(node, 'x')), builder.ints(numberList(node, attrName))];
    builder.define(outputOf(node), builder.emit(op, input));
  };
}

function clip(node: GraphNode, builder: TfjsGraphBuilder): void {
  const limits = ['clipValueMin', 'clipValueMax'].map((name) => builder.floats([numberAttr(node, name)]));
  builder.define(outputOf(node), builder.emit('ClipByValue', [builder.use(inputOf(node, 'x')), ...limits]));
}

/** By kernel of tfjs. */
export const TFJS_TRANSLATORS: Readonly<Record<string, TfjsTranslator>> = {
  ...TFJS_WINDOW_TRANSLATORS,
  ...each(
    'Abs Ceil Cos Elu Erf Exp Expm1 Floor Identity Log Log1p LogicalNot Neg Reciprocal Relu Relu6 Round Rsqrt Selu ' +
      'Sigmoid Sign Sin Softplus Sqrt Square Tanh',
    ['x'],
  ),
  ...each(
    'Equal Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr Maximum Minimum NotEqual Pow RealDiv ' +
      'SquaredDifference Sub',
    ['a', 'b'],
  ),
  Softmax: same('Softmax', ['logits']),
  Add: same('AddV2', ['a', 'b']),
  Multiply: same('Mul', ['a', 'b']),
  Prelu: same('Prelu', ['x', 'alpha']),
  Select: same('SelectV2', ['condition', 't', 'e']),
  LeakyRelu: same('LeakyRelu', ['x'], (node) => ({ alpha: { f: numberAttr(node, 'alpha') } })),
  Cast: same('Cast', ['x'], (node) => ({ DstT: tfDtype(outputOf(node).dtype) })),
  ClipByValue: clip,
  Mean: reduction('Mean'),
  Sum: reduction('Sum'),
  Max: reduction('Max'),
  Min: reduction('Min'),
  Prod: reduction('Prod'),
  Reshape: reshape,
  ExpandDims: reshape,
  Transpose: withList('Transpose', 'perm'),
  Tile: withList('Tile', 'reps'),
  PadV2: pad,
  Concat: concat,
  Pack: pack,
  Slice: slice,
  SplitV: split,
  GatherV2: gather,
  ResizeBilinear: resize('ResizeBilinear'),
  ResizeNearestNeighbor: resize('ResizeNearestNeighbor'),
  Fill: (node) => refuseBatch(node, 'shape', node.attrs.shape),
};
