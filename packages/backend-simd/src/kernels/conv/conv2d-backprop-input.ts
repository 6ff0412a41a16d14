import {
  type backend_util,
  Conv2DBackpropInput,
  type KernelConfig,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { sparseGradientOf, sparseInputGradient } from '../fusion/sparse-conv-gradients.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { packPanels } from '../tile/pack-panels.ts';
import { type Conv2DAttrs, conv2DGeometry, isChannelsFirst, isEmpty } from './conv2d-geometry.ts';
import { convolve } from './convolve.ts';

interface Attrs extends Conv2DAttrs {
  readonly inputShape: [number, number, number, number];
}

/** Gradient with respect to `x` `[N, H, W, C]`, from `dy` `[N, outH, outW, K]` and `filter` `[kH, kW, C, K]`. */
export const conv2dBackpropInput: KernelConfig = float32Kernel<{ dy: TensorInfo; filter: TensorInfo }, Attrs>(
  Conv2DBackpropInput,
  ({ inputs, attrs, backend }) => {
    const { dy, filter } = inputs;
    if (isChannelsFirst(attrs) || isEmpty(dy, filter)) {
      return runPlainKernel(Conv2DBackpropInput, { inputs, attrs, backend });
    }
    const info = conv2DGeometry(attrs.inputShape, filter.shape, attrs);
    // A transposed convolution may ask for less than all of dy: only its corner counts then.
    if (!util.arraysEqual(dy.shape, info.outShape)) {
      return runPlainKernel(Conv2DBackpropInput, { inputs, attrs, backend });
    }
    const sparse = sparseGradientOf(backend, dy, info);
    if (sparse) return sparseInputGradient(backend, { filter, sparse, info });
    const dx = backend.output(attrs.inputShape);
    for (let row = 0; row < info.strideHeight; row++) {
      for (let column = 0; column < info.strideWidth; column++) {
        computePhase(backend, { info, row, column, dy, filter, dx: dx.pointer });
      }
    }
    return dx.info;
  },
);

interface Phase {
  readonly info: backend_util.Conv2DInfo;
  readonly row: number;
  readonly column: number;
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
  readonly dx: number;
}

/**
 * The input pixels `row`, `row + strideHeight`, … by `column`, `column + strideWidth`, …: which outputs they went into
 * has the same pattern for all of them, so their gradient is a convolution of `dy` with stride 1.
 */
function computePhase(backend: SimdBackend, { info, row, column, dy, filter, dx }: Phase): void {
  const rows = Math.ceil((info.inHeight - row) / info.strideHeight);
  const columns = Math.ceil((info.inWidth - column) / info.strideWidth);
  if (rows <= 0 || columns <= 0) return;
  const vertical = phaseTaps(row + info.padInfo.top, info.filterHeight, info.dilationHeight, info.strideHeight);
  const horizontal = phaseTaps(column + info.padInfo.left, info.filterWidth, info.dilationWidth, info.strideWidth);
  const { inChannels, outChannels, inHeight, inWidth } = info;
  const taps = vertical.taps.flatMap((v) =>
    horizontal.taps.map((h) => ({ row: v.offset, column: h.offset, kernel: v.kernel * info.filterWidth + h.kernel })),
  );
  const packed = packPanels(backend, {
    pointer: backend.pointer(filter),
    blocks: taps.map(({ kernel }) => kernel * inChannels * outChannels),
    blockRows: outChannels,
    columns: inChannels,
    rowStride: 1,
    columnStride: outChannels,
  });
  const plan = {
    source: { rows: info.outHeight, columns: info.outWidth, channels: outChannels },
    origin: { row: vertical.origin, column: horizontal.origin },
    step: { row: 1, column: 1 },
    // Without any tap the gradient is zero: a run of no elements.
    taps: taps.length > 0 ? taps : [{ row: 0, column: 0 }],
    out: { rows, columns, channels: inChannels },
    target: {
      offset: (row * inWidth + column) * inChannels,
      imageStride: inHeight * inWidth * inChannels,
      rowStride: info.strideHeight * inWidth * inChannels,
      pixelStride: info.strideWidth * inChannels,
    },
  };
  const noTaps = { source: { rows: info.outHeight, columns: info.outWidth, channels: 0 } };
  convolve(backend, taps.length > 0 ? plan : { ...plan, ...noTaps }, {
    images: info.batchSize,
    source: backend.pointer(dy),
    packedWeights: packed,
    bias: 0,
    relu: false,
    target: dx,
  });
  packed.release();
}

/**
 * The kernel positions k that reach an input at `position` (padding included) along one axis, in ascending order of the
 * output that they come from: output `(position - k * dilation) / stride`, where that is whole.
 */
function phaseTaps(
  position: number,
  kernelSize: number,
  dilation: number,
  stride: number,
): { readonly origin: number; readonly taps: readonly { readonly kernel: number; readonly offset: number }[] } {
  const reached = Array.from({ length: kernelSize }, (_, kernel) => ({
    kernel,
    output: (position - kernel * dilation) / stride,
  }))
    .filter(({ output }) => Number.isInteger(output))
    .reverse();
  const origin = reached[0]?.output ?? 0;
  return { origin, taps: reached.map(({ kernel, output }) => ({ kernel, offset: output - origin })) };
}
