import { type Maps, valueAt, type WindowPixel, type WindowSpec, windowPixels } from './window-spec.ts';

/** A pooling on the host. */
export interface Pooling extends WindowSpec {
  readonly kind: 'max' | 'average';
  /** Of an average: whether padding counts as pixels. */
  readonly countIncludePad: boolean;
}

/** How one output of a pooling comes about. */
export interface PoolResult {
  readonly values: readonly { readonly pixel: WindowPixel; readonly value: number }[];
  /** Index in `values` of the greatest, the first of equals; null of an average. */
  readonly winner: number | null;
  /** What an average divides by; 1 of a maximum. */
  readonly divisor: number;
  readonly output: number;
}

/** One output of a pooling, written out. A maximum never takes padding. */
export function poolResult(
  pooling: Pooling,
  input: Maps,
  { channel, row, column }: { channel: number; row: number; column: number },
): PoolResult {
  const padding = pooling.kind === 'max' ? Number.NEGATIVE_INFINITY : 0;
  const values = windowPixels(pooling, input.shape, [row, column]).map((pixel) => ({
    pixel,
    value: valueAt(input, pixel, channel, padding),
  }));
  if (pooling.kind === 'max') {
    const winner = values.reduce((best, { value }, index) => (value > values[best]!.value ? index : best), 0);
    return { values, winner, divisor: 1, output: values[winner]!.value };
  }
  const divisor = values.filter(({ pixel }) => counts(pooling, input, pixel)).length;
  const sum = values.reduce((total, { value }) => total + value, 0);
  return { values, winner: null, divisor, output: sum / divisor };
}

/** What `ceilMode` adds behind the padding that was asked for never counts. */
function counts(
  { countIncludePad, paddingBegin }: Pooling,
  { shape }: Maps,
  { row, column, inside }: WindowPixel,
): boolean {
  if (inside || !countIncludePad) return inside;
  return row < shape[0] + paddingBegin[0] && column < shape[1] + paddingBegin[1];
}
