import { util } from '@tensorflow/tfjs-core';

const TASK_ELEMENTS = 4096;
const MIN_ROWS = 8;
const VECTOR_BYTES = 16;

/** A tensor `[..., C]` as rows of channels, and how they are shared out. */
export interface ChannelRows {
  readonly rows: number;
  readonly channels: number;
  /** Fixed by the shape, so that sums do not depend on the number of threads. */
  readonly rowsPerTask: number;
  readonly tasks: number;
}

/** Splits `[..., C]` into groups of rows that fit the first-level cache. */
export function channelRows(shape: readonly number[]): ChannelRows {
  const channels = shape.at(-1) ?? 1;
  const rows = channels > 0 ? util.sizeFromShape([...shape]) / channels : 0;
  const rowsPerTask = Math.max(MIN_ROWS, Math.floor(TASK_ELEMENTS / Math.max(channels, 1)));
  return { rows, channels, rowsPerTask, tasks: Math.ceil(rows / rowsPerTask) };
}

/** Bytes from one array of a float for each channel to the next, so that each starts on a whole vector. */
export function termsPitch(channels: number): number {
  return Math.ceil((channels * 4) / VECTOR_BYTES) * VECTOR_BYTES;
}
