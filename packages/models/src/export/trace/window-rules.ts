import { backend_util } from '@tensorflow/tfjs-core';
import type { KernelAttrs } from './kernel-attrs.ts';
import type { KernelRule } from './kernel-rule.ts';
import type { GraphAttr } from './traced-graph.ts';

type Shape4 = [number, number, number, number];

/** `[before, after]` for the height, then for the width. */
type Pads = [height: [number, number], width: [number, number]];

interface Conv2dInfo {
  readonly outShape: readonly number[];
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly effectiveFilterHeight: number;
  readonly effectiveFilterWidth: number;
  readonly padInfo: { top: number; left: number; bottom: number; right: number };
}

/** Padding as it really is: `same` in pixels, and whatever rounding up reads behind the image. */
function explicitPads(info: Conv2dInfo): Pads {
  const { top, bottom, left, right } = info.padInfo;
  const below = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - info.inHeight - top;
  const behind = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - info.inWidth - left;
  return [
    [top, Math.max(bottom, below)],
    [left, Math.max(right, behind)],
  ];
}

function convRule({ depthwise }: { depthwise: boolean }): KernelRule {
  return (inputs, attrs) => {
    const [x, filter] = [inputs.get('x'), inputs.get('filter')];
    const strides = attrs.pair('strides');
    const dilations = attrs.pair('dilations');
    const info = backend_util.computeConv2DInfo(
      x.shape as Shape4,
      filter.shape as Shape4,
      strides,
      dilations,
      attrs.pad(),
      attrs.rounding(),
      depthwise,
    );
    return {
      outputs: [{ shape: info.outShape, dtype: x.dtype }],
      attrs: { strides, dilations, pads: explicitPads(info), ...activation(attrs) },
    };
  };
}

const transposedConv: KernelRule = (inputs, attrs) => {
  const shape = attrs.numbers('inputShape') as Shape4;
  const [dy, filter] = [inputs.get('dy'), inputs.get('filter')];
  const strides = attrs.pair('strides');
  const dilations: [number, number] = [1, 1];
  const info = backend_util.computeConv2DInfo(
    shape,
    filter.shape as Shape4,
    strides,
    dilations,
    attrs.pad(),
    attrs.rounding(),
  );
  return { outputs: [{ shape, dtype: dy.dtype }], attrs: { strides, dilations, pads: explicitPads(info), shape } };
};

const pool: KernelRule = (inputs, attrs) => {
  const x = inputs.get('x');
  const strides = attrs.pair('strides');
  const filterSize = attrs.pair('filterSize');
  const info = backend_util.computePool2DInfo(
    x.shape as Shape4,
    filterSize,
    strides,
    attrs.pair('dilations'),
    attrs.pad(),
    attrs.rounding(),
  );
  return {
    outputs: [{ shape: info.outShape, dtype: x.dtype }],
    attrs: { filterSize, strides, dilations: attrs.pair('dilations'), pads: explicitPads(info) },
  };
};

function matMulRule(): KernelRule {
  return (inputs, attrs) => {
    const [a, b] = [inputs.get('a'), inputs.get('b')];
    const [transposeA, transposeB] = [attrs.boolean('transposeA'), attrs.boolean('transposeB')];
    const batch = backend_util.assertAndGetBroadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    const rows = a.shape.at(transposeA ? -1 : -2) ?? 1;
    const columns = b.shape.at(transposeB ? -2 : -1) ?? 1;
    return {
      outputs: [{ shape: [...batch, rows, columns], dtype: a.dtype }],
      attrs: { transposeA, transposeB, ...activation(attrs) },
    };
  };
}

/** `linear`, `relu`, …: what a fused kernel applies at its end. */
function activation(attrs: KernelAttrs): Record<string, GraphAttr> {
  const name = attrs.text<string>('activation', 'linear');
  return { activation: name, ...(name === 'leakyrelu' ? { alpha: attrs.number('leakyreluAlpha') } : {}) };
}

/** Kernels that slide a window, matrix products and batch norm. */
export const WINDOW_RULES: Readonly<Record<string, KernelRule>> = {
  Conv2D: convRule({ depthwise: false }),
  FusedConv2D: convRule({ depthwise: false }),
  DepthwiseConv2dNative: convRule({ depthwise: true }),
  FusedDepthwiseConv2D: convRule({ depthwise: true }),
  Conv2DBackpropInput: transposedConv,
  MaxPool: pool,
  AvgPool: pool,
  BatchMatMul: matMulRule(),
  _FusedMatMul: matMulRule(),
  FusedBatchNorm: (inputs, attrs) => ({
    outputs: [inputs.get('x')],
    attrs: { epsilon: attrs.number('varianceEpsilon', 0.001) },
  }),
};
