import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import { type ConvolutionPlan, placePlan } from './convolution-plan.ts';
import { usesWinograd, winogradRowsPerTask, winogradWeights } from './winograd.ts';

/** What a convolution reads and writes: addresses in linear memory. */
export interface ConvolveOperands {
  readonly images: number;
  readonly source: number;
  readonly packedWeights: LinearBuffer;
  /** 0: none. */
  readonly bias: number;
  readonly relu: boolean;
  readonly target: number;
}

/** Runs a planned convolution with packed weights. */
export function convolve(
  backend: SimdBackend,
  plan: Omit<ConvolutionPlan, 'rowsPerTask'>,
  operands: ConvolveOperands,
): void {
  const { images, source, packedWeights, bias, relu, target } = operands;
  const { out, taps } = plan;
  const direct: ConvolutionPlan = { ...plan, rowsPerTask: rowsPerTask(out.rows, out.columns) };
  const transformed = usesWinograd(direct) ? winogradWeights(backend, direct, packedWeights) : undefined;
  const chosen = transformed
    ? { ...plan, rowsPerTask: winogradRowsPerTask(out.columns), transformedWeights: transformed.pointer }
    : direct;
  const placed = placePlan(backend, chosen);
  backend.run({
    kernel: 'convolve',
    args: [placed.pointer, source, packedWeights.pointer, bias, relu ? 0 : Number.NEGATIVE_INFINITY, target],
    tasks: images * Math.ceil(out.rows / chosen.rowsPerTask),
    work: images * out.rows * out.columns * out.channels * taps.length * plan.source.channels,
    scratchBytes: placed.scratchBytes,
  });
  placed.buffer.release();
  transformed?.release();
}

/** Rows of a task: some tens of pixels, so that the panel of weights in the cache is used often enough. */
export function rowsPerTask(rows: number, columns: number): number {
  const wanted = Math.max(1, Math.min(rows, Math.max(4, Math.ceil(64 / columns))));
  // Even blocks: 14 rows in blocks of 5 are 5, 5 and 4.
  return Math.ceil(rows / Math.ceil(rows / wanted)) || 1;
}
