import type { EpochPoint, StepPoint } from '../../session/session-event.ts';
import { lossCurve } from './loss-curve.ts';

/** A run as its curves are drawn. */
export interface DrawnRun {
  readonly losses: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
}

/** Columns of one chart: shared steps, then one column a curve; null where a curve has no value. */
export interface ChartColumns {
  readonly x: readonly number[];
  readonly columns: readonly (readonly (number | null)[])[];
}

/**
 * The curves of losses over steps, with at most about `points` places: the current run as it is, smoothed, and on the
 * test images; then each earlier run, smoothed. A place stands for several steps where there are many: of these the raw
 * curve shows the least and the greatest.
 */
export function lossColumns(
  current: DrawnRun,
  earlier: readonly DrawnRun[],
  { points }: { points: number },
): ChartColumns {
  const last = Math.max(1, ...[current, ...earlier].map(({ losses }) => losses.at(-1)?.step ?? 0));
  // A power of two: a run that grows is put into other places a few times only.
  const width = Math.max(1, 2 ** Math.ceil(Math.log2((2 * last) / points)));
  const places = 2 * Math.ceil(last / width);
  const x = Array.from({ length: places }, (_, place) => 1 + (place >> 1) * width + (place % 2) * (width / 2));
  const column = (values: readonly (number | null)[]): (number | null)[] =>
    Array.from(x, (_, place) => values[place] ?? null);
  const test = column([]);
  for (const { step, test: measured } of current.epochs) {
    if (Number.isFinite(measured.loss)) test[2 * Math.floor((step - 1) / width) + 1] = measured.loss;
  }
  const { raw, mean } = lossCurve(current.losses, width);
  const others = earlier.map(({ losses }) => column(lossCurve(losses, width).mean));
  return { x, columns: [column(raw), column(mean), test, ...others] };
}

/** The curves of accuracies over epochs, in percent: training, test, then the test of each earlier run. */
export function accuracyColumns(current: DrawnRun, earlier: readonly DrawnRun[]): ChartColumns {
  const length = Math.max(1, ...[current, ...earlier].map(({ epochs }) => epochs.at(-1)?.epoch ?? 0));
  const x = Array.from({ length }, (_, index) => index + 1);
  const column = ({ epochs }: DrawnRun, of: 'train' | 'test'): (number | null)[] => {
    const values = Array<number | null>(length).fill(null);
    for (const point of epochs) {
      const { accuracy } = point[of];
      if (Number.isFinite(accuracy)) values[point.epoch - 1] = 100 * accuracy;
    }
    return values;
  };
  return {
    x,
    columns: [column(current, 'train'), column(current, 'test'), ...earlier.map((run) => column(run, 'test'))],
  };
}
