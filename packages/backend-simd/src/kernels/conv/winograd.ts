import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import type { ConvolutionPlan } from './convolution-plan.ts';

/** With fewer channels the transforms cost more than the products they save. */
const LEAST_IN_CHANNELS = 12;
const LEAST_OUT_CHANNELS = 8;
const LEAST_OUTPUTS = 16;
/** Tiles of one task: their transforms stay in the second-level cache. */
const TILES_PER_TASK = 16;

/** What keeps the sixteen places of the transformed tiles apart. */
const PLACES_APART_BYTES = 16 * 64;

/** Whether a plan is a 3x3 convolution, stride and dilation 1, with enough channels for Winograd's algorithm to pay. */
export function usesWinograd(plan: Omit<ConvolutionPlan, 'rowsPerTask'>): boolean {
  const { source, out } = plan;
  return (
    is3x3WithStep1(plan) &&
    source.channels >= LEAST_IN_CHANNELS &&
    out.channels >= LEAST_OUT_CHANNELS &&
    out.rows * out.columns >= LEAST_OUTPUTS
  );
}

/** Whether a plan is a 3x3 convolution with stride and dilation 1. */
export function is3x3WithStep1({ step, taps }: Pick<ConvolutionPlan, 'step' | 'taps'>): boolean {
  return (
    step.row === 1 &&
    step.column === 1 &&
    taps.length === 9 &&
    taps.every((tap, i) => tap.row === Math.floor(i / 3) && tap.column === i % 3)
  );
}

/** Packed 3x3 weights as assembly/conv/winograd.ts multiplies by them, kept as long as these; the caller releases them. */
export function winogradWeights(backend: SimdBackend, plan: ConvolutionPlan, packed: LinearBuffer): LinearBuffer {
  return backend.derived(packed, 'winograd', () => transformWeights(backend, plan, packed));
}

function transformWeights(backend: SimdBackend, { source, out }: ConvolutionPlan, packed: LinearBuffer): LinearBuffer {
  const panels = Math.ceil(out.channels / 16);
  const transformed = backend.memoryPool.allocate(panels * 16 * source.channels * 16 * 4);
  backend.run({
    kernel: 'winogradWeights',
    args: [packed.pointer, transformed.pointer, source.channels, out.channels],
    tasks: panels,
    work: source.channels * out.channels * 32,
  });
  return transformed;
}

/** Output rows of a task, a whole number of tiles high. */
export function winogradRowsPerTask(columns: number): number {
  return 2 * Math.max(1, Math.round(TILES_PER_TASK / Math.ceil(columns / 2)));
}

/** Bytes of scratch memory for the tiles of a task. */
export function winogradScratchBytes({ rowsPerTask, out, source }: ConvolutionPlan): number {
  const tiles = Math.ceil(rowsPerTask / 2) * Math.ceil(out.columns / 2);
  return tiles * (Math.ceil(source.channels / 4) * 4 + 16) * 64 + PLACES_APART_BYTES;
}
