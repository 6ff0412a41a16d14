import { inputOf, numberAttr, numberList, outputOf, pairList } from '../node-access.ts';
import type { GraphNode, GraphValue } from '../trace/traced-graph.ts';
import { emitActivation } from './emit-activation.ts';
import type { OnnxGraphBuilder } from './onnx-graph-builder.ts';
import type { OnnxAttributes } from './onnx-model.ts';
import type { OnnxTranslator } from './onnx-translator.ts';

/** HWIO of a filter for each channel by itself to `[I·multiplier, 1, H, W]`: its two last axes come first. */
const DEPTHWISE_PERM = [2, 3, 0, 1];

function conv(node: GraphNode, builder: OnnxGraphBuilder): void {
  const [x, filter] = [inputOf(node, 'x'), inputOf(node, 'filter')];
  const inputs = [builder.use(x, 'torch'), builder.useFilter(filter), ...bias(node, builder)];
  const [name = ''] = builder.emit('Conv', inputs, { ...window(node, filter), group: { int: 1 } });
  builder.define(outputOf(node), 'torch', emitActivation(name, node, builder));
}

function depthwiseConv(node: GraphNode, builder: OnnxGraphBuilder): void {
  const [x, filter] = [inputOf(node, 'x'), inputOf(node, 'filter')];
  const [height = 1, width = 1, channels = 1, multiplier = 1] = filter.shape.map(Number);
  const ordered = builder.useFilter(filter, DEPTHWISE_PERM);
  const shape = builder.int64s([channels * multiplier, 1, height, width]);
  const [weight = ''] = builder.emit('Reshape', [ordered, shape]);
  const inputs = [builder.use(x, 'torch'), weight, ...bias(node, builder)];
  const [name = ''] = builder.emit('Conv', inputs, { ...window(node, filter), group: { int: channels } });
  builder.define(outputOf(node), 'torch', emitActivation(name, node, builder));
}

/** The gradient of a convolution with respect to its input is what PyTorch calls a transposed convolution. */
function transposedConv(node: GraphNode, builder: OnnxGraphBuilder): void {
  const [dy, filter] = [inputOf(node, 'dy'), inputOf(node, 'filter')];
  const attributes = window(node, filter);
  const strides = numberList(node, 'strides');
  const pads = pairList(node, 'pads');
  const outputPadding = [0, 1].map((side) => {
    const [from, to] = [Number(dy.shape[1 + side]), Number(outputOf(node).shape[1 + side])];
    const [before, after] = pads[side] ?? [0, 0];
    return to - ((from - 1) * (strides[side] ?? 1) + Number(filter.shape[side]) - before - after);
  });
  const [name = ''] = builder.emit('ConvTranspose', [builder.use(dy, 'torch'), builder.useFilter(filter)], {
    ...attributes,
    output_padding: { ints: outputPadding },
  });
  builder.define(outputOf(node), 'torch', name);
}

function pool(opType: 'MaxPool' | 'AveragePool'): OnnxTranslator {
  return (node, builder) => {
    const attributes: OnnxAttributes = {
      kernel_shape: { ints: numberList(node, 'filterSize') },
      strides: { ints: numberList(node, 'strides') },
      pads: { ints: onnxPads(node) },
      // tfjs averages over what lies within the image.
      ...(opType === 'MaxPool'
        ? { dilations: { ints: numberList(node, 'dilations') } }
        : { count_include_pad: { int: 0 } }),
    };
    const [name = ''] = builder.emit(opType, [builder.use(inputOf(node, 'x'), 'torch')], attributes);
    builder.define(outputOf(node), 'torch', name);
  };
}

function matMul(node: GraphNode, builder: OnnxGraphBuilder): void {
  const [a, b] = [inputOf(node, 'a'), inputOf(node, 'b')];
  const output = outputOf(node);
  const [transA, transB] = [node.attrs.transposeA === true, node.attrs.transposeB === true];
  let name: string | undefined;
  if (a.shape.length === 2 && b.shape.length === 2) {
    const flags: OnnxAttributes = { transA: { int: Number(transA) }, transB: { int: Number(transB) } };
    [name] = builder.emit('Gemm', [builder.use(a, 'memory'), builder.use(b, 'memory'), ...bias(node, builder)], flags);
  } else {
    [name] = builder.emit('MatMul', [lastTwo(a, transA, builder), lastTwo(b, transB, builder)]);
    const [added] = bias(node, builder);
    if (added !== undefined) [name] = builder.emit('Add', [name ?? '', added]);
  }
  builder.define(output, 'memory', emitActivation(name ?? '', node, builder));
}

function lastTwo(value: GraphValue, transpose: boolean, builder: OnnxGraphBuilder): string {
  const name = builder.use(value, 'memory');
  if (!transpose) return name;
  const axes = value.shape.map((_, axis) => axis);
  const swapped = [...axes.slice(0, -2), axes.length - 1, axes.length - 2];
  return builder.emit('Transpose', [name], { perm: { ints: swapped } })[0] ?? '';
}

function batchNorm(node: GraphNode, builder: OnnxGraphBuilder): void {
  const x = inputOf(node, 'x');
  const form = x.shape.length === 4 ? 'torch' : 'memory';
  const flat = (name: string, fallback: number): string => {
    const value = node.inputs[name];
    if (value) return builder.use(value, 'memory');
    const shape = builder.int64s([Number(inputOf(node, 'mean').shape.at(-1))]);
    return builder.emit('Expand', [builder.scalar(fallback), shape])[0] ?? '';
  };
  const inputs = [builder.use(x, form), flat('scale', 1), flat('offset', 0), flat('mean', 0), flat('variance', 1)];
  const epsilon = { float: numberAttr(node, 'epsilon') };
  const [name = ''] = builder.emit('BatchNormalization', inputs, { epsilon });
  builder.define(outputOf(node), form, name);
}

function bias(node: GraphNode, builder: OnnxGraphBuilder): string[] {
  return node.inputs.bias ? [builder.use(node.inputs.bias, 'memory')] : [];
}

function window(node: GraphNode, filter: GraphValue): OnnxAttributes {
  return {
    kernel_shape: { ints: filter.shape.slice(0, 2).map(Number) },
    strides: { ints: numberList(node, 'strides') },
    dilations: { ints: numberList(node, 'dilations') },
    pads: { ints: onnxPads(node) },
  };
}

/** All before, then all after. */
function onnxPads(node: GraphNode): number[] {
  const [[top, bottom] = [0, 0], [left, right] = [0, 0]] = pairList(node, 'pads');
  return [top, left, bottom, right];
}

/** Kernels that slide a window, matrix products and batch norm. */
export const WINDOW_TRANSLATORS: Readonly<Record<string, OnnxTranslator>> = {
  Conv2D: conv,
  FusedConv2D: conv,
  DepthwiseConv2dNative: depthwiseConv,
  FusedDepthwiseConv2D: depthwiseConv,
  Conv2DBackpropInput: transposedConv,
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AveragePool'),
  BatchMatMul: matMul,
  _FusedMatMul: matMul,
  FusedBatchNorm: batchNorm,
};
