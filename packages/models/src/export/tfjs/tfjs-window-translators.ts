import { CnnError } from '@cnn/core';
import { inputOf, numberAttr, numberList, outputOf, pairList } from '../node-access.ts';
import type { GraphNode } from '../trace/traced-graph.ts';
import { type TfAttr, type TfjsGraphBuilder, tfInts, tfText } from './tfjs-graph-builder.ts';
import type { TfjsTranslator } from './tfjs-translators.ts';

type Attrs = Readonly<Record<string, TfAttr>>;

/** Stands for −∞ in a file that TensorFlow's tools read: no activation is lower. */
const LOWEST_FLOAT = -3.4028234663852886e38;

function conv(op: string): TfjsTranslator {
  return (node, builder) => {
    const dilations = numberList(node, 'dilations');
    // Stock TensorFlow.js refuses both at once: the filter gets zeros between its entries instead.
    const isBoth = [numberList(node, 'strides'), dilations].every((sides) => sides.some((side) => side > 1));
    const filter = inputOf(node, 'filter');
    const input = [
      builder.use(inputOf(node, 'x')),
      isBoth ? builder.useSpread(filter, dilations) : builder.use(filter),
    ];
    const attr = { ...strides(node), ...padding(node), dilations: tfInts([1, ...(isBoth ? [1, 1] : dilations), 1]) };
    finish(builder.emit(op, input, attr), node, builder);
  };
}

function transposedConv(node: GraphNode, builder: TfjsGraphBuilder): void {
  const dy = builder.use(inputOf(node, 'dy'));
  const [n, ...image] = outputOf(node).shape;
  const batch =
    typeof n === 'number'
      ? builder.ints([n])
      : builder.emit('Slice', [builder.emit('Shape', [dy]), builder.ints([0]), builder.ints([1])]);
  const rest = builder.ints(image.map(Number));
  const shape = builder.emit('ConcatV2', [batch, rest, builder.ints([0], [])], { N: { i: '2' } });
  const input = [shape, builder.use(inputOf(node, 'filter')), dy];
  builder.define(outputOf(node), builder.emit('Conv2DBackpropInput', input, { ...strides(node), ...padding(node) }));
}

/** TensorFlow's pooling knows no explicit padding: the image is padded before it. */
function pool(op: 'MaxPool' | 'AvgPool'): TfjsTranslator {
  return (node, builder) => {
    const pads = pairList(node, 'pads');
    const [height = 1, width = 1] = numberList(node, 'filterSize');
    const isPadded = pads.flat().some((side) => side !== 0);
    let source = builder.use(inputOf(node, 'x'));
    if (isPadded) {
      const sides = builder.ints([0, 0, ...pads.flat(), 0, 0], [4, 2]);
      source = builder.emit('PadV2', [source, sides, builder.floats([op === 'MaxPool' ? LOWEST_FLOAT : 0])]);
    }
    const attr = { ksize: tfInts([1, height, width, 1]), ...strides(node), padding: tfText('VALID') };
    let name = builder.emit(op, [source], attr);
    if (isPadded && op === 'AvgPool') name = builder.emit('Mul', [name, correction(node, builder)]);
    builder.define(outputOf(node), name);
  };
}

/** tfjs averages over what lies within the image: the window's area over the part of it that does, by position. */
function correction(node: GraphNode, builder: TfjsGraphBuilder): string {
  const [, height = 1, width = 1] = outputOf(node).shape.map(Number);
  const [, inHeight = 1, inWidth = 1] = inputOf(node, 'x').shape.map(Number);
  const within = (axis: number, i: number, inSize: number): number => {
    const start = i * (numberList(node, 'strides')[axis] ?? 1) - (pairList(node, 'pads')[axis]?.[0] ?? 0);
    return Math.min(start + (numberList(node, 'filterSize')[axis] ?? 1), inSize) - Math.max(start, 0);
  };
  const area = numberList(node, 'filterSize').reduce((product, side) => product * side, 1);
  const factors = Array.from({ length: height * width }, (_, i) => {
    return area / (within(0, Math.floor(i / width), inHeight) * within(1, i % width, inWidth));
  });
  return builder.floats(factors, [1, height, width, 1]);
}

function matMul(node: GraphNode, builder: TfjsGraphBuilder): void {
  const [a, b] = [inputOf(node, 'a'), inputOf(node, 'b')];
  const [transposeA, transposeB] = [{ b: node.attrs.transposeA === true }, { b: node.attrs.transposeB === true }];
  const input = [builder.use(a), builder.use(b)];
  const name =
    a.shape.length === 2 && b.shape.length === 2
      ? builder.emit('MatMul', input, { transpose_a: transposeA, transpose_b: transposeB })
      : builder.emit('BatchMatMulV2', input, { adj_x: transposeA, adj_y: transposeB });
  finish(name, node, builder);
}

function batchNorm(node: GraphNode, builder: TfjsGraphBuilder): void {
  const channels = Number(inputOf(node, 'mean').shape.at(-1));
  const flat = (name: string, fallback: number): string => {
    const value = node.inputs[name];
    return value ? builder.use(value) : builder.floats(Array(channels).fill(fallback), [channels]);
  };
  const input = [
    builder.use(inputOf(node, 'x')),
    flat('scale', 1),
    flat('offset', 0),
    flat('mean', 0),
    flat('variance', 1),
  ];
  const attr = { epsilon: { f: numberAttr(node, 'epsilon') }, is_training: { b: false }, data_format: tfText('NHWC') };
  builder.define(outputOf(node), builder.emit('FusedBatchNormV3', input, attr));
}

/** Bias and activation of a fused kernel, as nodes of their own. */
function finish(name: string, node: GraphNode, builder: TfjsGraphBuilder): void {
  const biased = node.inputs.bias ? builder.emit('BiasAdd', [name, builder.use(node.inputs.bias)]) : name;
  builder.define(outputOf(node), activate(biased, node, builder));
}

function activate(name: string, node: GraphNode, builder: TfjsGraphBuilder): string {
  const { activation = 'linear' } = node.attrs;
  if (activation === 'linear') return name;
  if (activation === 'leakyrelu') return builder.emit('LeakyRelu', [name], { alpha: { f: numberAttr(node, 'alpha') } });
  const op = { relu: 'Relu', relu6: 'Relu6', elu: 'Elu', sigmoid: 'Sigmoid' }[String(activation)];
  if (op) return builder.emit(op, [name]);
  throw new CnnError('unsupported', {
    where: `export of ${node.kernel}`,
    expected: 'one of the fused activations linear, relu, relu6, elu, sigmoid, leakyrelu',
    received: String(activation),
    remedy: 'Apply the activation as an operation of its own',
  });
}

function strides(node: GraphNode): Attrs {
  return { strides: tfInts([1, ...numberList(node, 'strides'), 1]), data_format: tfText('NHWC') };
}

function padding(node: GraphNode): Attrs {
  const pads = pairList(node, 'pads').flat();
  if (pads.every((side) => side === 0)) return { padding: tfText('VALID') };
  return { padding: tfText('EXPLICIT'), explicit_paddings: tfInts([0, 0, ...pads, 0, 0]) };
}

/** Kernels that slide a window, matrix products and batch norm. */
export const TFJS_WINDOW_TRANSLATORS: Readonly<Record<string, TfjsTranslator>> = {
  Conv2D: conv('Conv2D'),
  FusedConv2D: conv('Conv2D'),
  DepthwiseConv2dNative: conv('DepthwiseConv2dNative'),
  FusedDepthwiseConv2D: conv('DepthwiseConv2dNative'),
  Conv2DBackpropInput: transposedConv,
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AvgPool'),
  BatchMatMul: matMul,
  _FusedMatMul: matMul,
  FusedBatchNorm: batchNorm,
};
