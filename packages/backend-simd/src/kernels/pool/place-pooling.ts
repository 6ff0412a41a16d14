import { backend_util } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';

/** Attributes of tfjs-core's pooling kernels. */
export interface PoolAttrs {
  readonly filterSize: [number, number] | number;
  readonly strides: [number, number] | number;
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shapes of a pooling, computed as tfjs-core does. */
export function poolGeometry(xShape: readonly number[], attrs: PoolAttrs): backend_util.Conv2DInfo {
  return backend_util.computePool2DInfo(
    xShape as [number, number, number, number],
    attrs.filterSize,
    attrs.strides,
    1,
    attrs.pad,
    attrs.dimRoundingMode,
  );
}

/** Writes the shapes to linear memory, as assembly/pool/pooling.ts reads them. The caller releases the block. */
export function placePooling(backend: SimdBackend, info: backend_util.Conv2DInfo): LinearBuffer {
  return backend.constants([
    ...[info.inHeight, info.inWidth, info.inChannels, info.outHeight, info.outWidth],
    ...[info.filterHeight, info.filterWidth, info.strideHeight, info.strideWidth],
    ...[info.padInfo.top, info.padInfo.left],
  ]);
}
