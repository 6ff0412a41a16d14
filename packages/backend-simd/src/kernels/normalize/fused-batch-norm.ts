import { FusedBatchNorm, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import type { SimdBackend } from '../../simd-backend.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { channelRows, termsPitch } from './channel-rows.ts';

type Inputs = { x: TensorInfo; mean: TensorInfo; variance: TensorInfo; offset?: TensorInfo; scale?: TensorInfo };

/** `(x - mean) * scale / sqrt(variance + epsilon) + offset` for `x` `[..., C]` and the others `[C]`. */
export const fusedBatchNorm: KernelConfig = float32Kernel<
  Inputs & Record<string, TensorInfo>,
  { varianceEpsilon?: number }
>(FusedBatchNorm, ({ inputs, attrs, backend }) => {
  const { x, mean, variance, offset, scale } = inputs;
  const channels = x.shape.at(-1) ?? 0;
  const byChannel = [mean, variance, offset, scale].every(
    (input) => !input || String(input.shape) === String(channels),
  );
  if (!byChannel || channels === 0) return runPlainKernel(FusedBatchNorm, { inputs, attrs, backend });
  const epsilon = attrs.varianceEpsilon ?? 0.001;
  const factors = new Float32Array(channels);
  const variances = backend.hostValues(variance);
  const scales = scale && backend.hostValues(scale);
  for (let c = 0; c < channels; c++) factors[c] = (scales?.[c] ?? 1) / Math.sqrt(variances[c]! + epsilon);
  // Addresses first: computing an input that was put off may move the memory under a view.
  const centre = backend.pointer(mean);
  const shift = offset ? backend.pointer(offset) : 0;
  return normalise(backend, x, { centre, factors, shift });
});

/** Per channel `(x - centre) * factor + shift`; addresses of `[C]` floats, 0 for a shift of zero. */
function normalise(
  backend: SimdBackend,
  x: TensorInfo,
  { centre, factors, shift }: { centre: number; factors: Float32Array; shift: number },
): TensorInfo {
  const { rows, channels, rowsPerTask, tasks } = channelRows(x.shape);
  const source = backend.pointer(x);
  const y = backend.output(x.shape);
  const pitch = termsPitch(channels);
  const terms = backend.memoryPool.allocate(2 * pitch);
  backend.memoryPool.floats(terms.pointer, channels).set(factors);
  backend.memoryPool.floats(terms.pointer + pitch, channels).fill(0);
  backend.run({
    kernel: 'channelAffine',
    args: [source, centre, terms.pointer, shift || terms.pointer + pitch, y.pointer, rows, channels, rowsPerTask],
    tasks,
    work: rows * channels,
  });
  terms.release();
  return y.info;
}
