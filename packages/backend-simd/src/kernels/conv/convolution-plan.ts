import type { LinearBuffer } from '../../memory/linear-buffer.ts';
import type { SimdBackend } from '../../simd-backend.ts';
import { winogradScratchBytes } from './winograd.ts';

/** A tap: which source pixel it reads, counted from an output's first tap. */
export interface Tap {
  readonly row: number;
  readonly column: number;
}

/** A convolution as assembly/conv/convolution.ts describes it, in pixels and channels. */
export interface ConvolutionPlan {
  readonly source: { readonly rows: number; readonly columns: number; readonly channels: number };
  /** Source position of the tap (0, 0) of output (0, 0). */
  readonly origin: { readonly row: number; readonly column: number };
  readonly step: { readonly row: number; readonly column: number };
  /** In the order of the packed weights. */
  readonly taps: readonly Tap[];
  readonly out: { readonly rows: number; readonly columns: number; readonly channels: number };
  /** Where outputs go, in floats; by default an image of `out`, contiguous. */
  readonly target?: {
    readonly offset: number;
    readonly imageStride: number;
    readonly rowStride: number;
    readonly pixelStride: number;
  };
  readonly rowsPerTask: number;
  /** True to have zeros around the source even where no tap lies outside. */
  readonly padded?: boolean;
  /** Address of weights transformed for Winograd's algorithm, where it is used. */
  readonly transformedWeights?: number;
}

/** A plan in linear memory, with what the jobs that use it need to know. Release `buffer` after the last of them. */
export interface PlacedPlan {
  readonly pointer: number;
  readonly buffer: LinearBuffer;
  /** Runs of taps that read contiguous memory. */
  readonly segments: number;
  /** Of each run, in floats. */
  readonly segmentLength: number;
  readonly gathered: boolean;
  /** Scratch memory of one task: source rows with the zeros around them, gathered taps or transformed tiles. */
  readonly scratchBytes: number;
}

const FIELDS = 25;
/** Of the widest panel of packed weights. */
const PANEL_COLUMNS = 16;
/** Up to this many floats in a run it is cheaper to copy the taps of an output together first. */
const GATHER_UP_TO = 16;
/**
 * Sums of so few terms over so few channels, the first layer's over a picture, are made in double precision: it costs
 * little there, and what that layer rounds decides ties that training multiplies.
 */
const EXACT_UP_TO = { channels: 4, terms: 32 };

/** Writes a plan to linear memory. */
export function placePlan(backend: SimdBackend, plan: ConvolutionPlan): PlacedPlan {
  const { source, origin, step, out, rowsPerTask, transformedWeights = 0 } = plan;
  const spanRows = 1 + Math.max(...plan.taps.map((tap) => tap.row));
  const spanColumns = 1 + Math.max(...plan.taps.map((tap) => tap.column));
  // Winograd's tiles are two outputs wide and high: the last may reach a pixel further than the taps of any output.
  const whole = (size: number): number => (transformedWeights ? Math.ceil(size / 2) * 2 : size);
  const usedRows = (out.rows - 1) * step.row + spanRows;
  const usedColumns = (whole(out.columns) - 1) * step.column + spanColumns;
  const padded =
    plan.padded === true ||
    transformedWeights !== 0 ||
    origin.row < 0 ||
    origin.column < 0 ||
    origin.row + usedRows > source.rows ||
    origin.column + usedColumns > source.columns;
  const pitch = (padded ? usedColumns : source.columns) * source.channels;
  const { offsets, length } = contiguousRuns(plan.taps, pitch, source.channels);
  const gathered = offsets.length > 1 && length < GATHER_UP_TO;
  const terms = plan.taps.length * source.channels;
  const exact = gathered && source.channels <= EXACT_UP_TO.channels && terms <= EXACT_UP_TO.terms;
  const target = plan.target ?? {
    offset: 0,
    imageStride: out.rows * out.columns * out.channels,
    rowStride: out.columns * out.channels,
    pixelStride: out.channels,
  };
  const buffer = backend.memoryPool.allocate((FIELDS + 1 + offsets.length) * 4);
  const singleSegment = buffer.pointer + FIELDS * 4;
  backend.memoryPool
    .integers(buffer.pointer, FIELDS + 1 + offsets.length)
    .set([
      ...[source.rows, source.columns, source.channels, origin.row, origin.column, spanRows, spanColumns],
      ...[step.row, step.column, singleSegment + 4, offsets.length, length],
      ...[out.rows, out.columns, out.channels],
      ...[target.offset, target.imageStride, target.rowStride, target.pixelStride],
      ...[rowsPerTask, padded ? 1 : 0, gathered ? 1 : 0, singleSegment, transformedWeights],
      exact ? 1 : 0,
      0,
      ...offsets,
    ]);
  const sourceRows = (whole(rowsPerTask) - 1) * step.row + spanRows;
  const gatheredFloats = rowsPerTask * out.columns * terms;
  return {
    pointer: buffer.pointer,
    buffer,
    segments: offsets.length,
    segmentLength: length,
    gathered,
    scratchBytes:
      (padded ? roundUp(sourceRows * pitch * 4) : 0) +
      (gathered ? roundUp(gatheredFloats * 4 + 16) : 0) +
      (exact ? roundUp(gatheredFloats * 8) + 16 + PANEL_COLUMNS * (terms + 1) * 8 : 0) +
      (transformedWeights ? winogradScratchBytes(plan) : 0),
  };
}

/** Byte offsets of the longest runs, all of one length, that together read all taps in order. */
function contiguousRuns(
  taps: readonly Tap[],
  pitch: number,
  channels: number,
): { readonly offsets: readonly number[]; readonly length: number } {
  const offsets = taps.map((tap) => tap.row * pitch + tap.column * channels);
  const breaks = offsets.flatMap((offset, i) => (i > 0 && offset === offsets[i - 1]! + channels ? [] : [i]));
  const run = (breaks[1] ?? taps.length) - breaks[0]!;
  const even = breaks.every((start, i) => start === i * run) && breaks.length * run === taps.length;
  const tapsPerRun = even ? run : 1;
  return {
    offsets: offsets.filter((_, i) => i % tapsPerRun === 0).map((offset) => offset * 4),
    length: tapsPerRun * channels,
  };
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
