import type { EpochPoint, StepPoint } from '../../session/session-event.ts';

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

/** Share of the mean so far that each step keeps, at most: early steps count in full. */
const SMOOTHING = 0.95;

/** Exponential mean of losses, without the pull of a first value: step `n` counts at least 1/n. */
export function smoothed(losses: readonly StepPoint[]): number[] {
  let mean = 0;
  return losses.map(({ loss }, index) => {
    const weight = Math.max(1 - SMOOTHING, 1 / (index + 1));
    mean += weight * (loss - mean);
    return mean;
  });
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
  const width = Math.max(1, Math.ceil((2 * last) / points));
  const places = 2 * Math.ceil(last / width);
  const x = Array.from({ length: places }, (_, place) => 1 + (place >> 1) * width + (place % 2) * (width / 2));
  const column = (): (number | null)[] => Array<number | null>(places).fill(null);
  const raw = column();
  for (const { step, loss } of current.losses) {
    const place = 2 * Math.floor((step - 1) / width);
    raw[place] = Math.min(raw[place] ?? loss, loss);
    raw[place + 1] = Math.max(raw[place + 1] ?? loss, loss);
  }
  const mean = ({ losses }: DrawnRun): (number | null)[] => {
    const values = column();
    smoothed(losses).forEach((value, index) => {
      const place = 2 * Math.floor(((losses[index]?.step ?? 1) - 1) / width);
      values[place] ??= value;
      values[place + 1] = value;
    });
    return values;
  };
  const test = column();
  for (const { step, test: measured } of current.epochs) {
    if (Number.isFinite(measured.loss)) test[2 * Math.floor((step - 1) / width) + 1] = measured.loss;
  }
  return { x, columns: [raw, mean(current), test, ...earlier.map(mean)] };
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
