import type { StepPoint } from '../../session/session-event.ts';

/** Losses by place: a place stands for `width` steps and has two values each. */
export interface LossCurve {
  /** The least and the greatest loss of a place. */
  readonly raw: readonly (number | null)[];
  /** The smoothed loss where a place begins and where it ends. */
  readonly mean: readonly (number | null)[];
}

interface Growing {
  readonly width: number;
  readonly raw: (number | null)[];
  readonly mean: (number | null)[];
  readonly smooth: (loss: number) => number;
  count: number;
  last: StepPoint | undefined;
}

/** Share of the mean so far that each step keeps, at most: early steps count in full. */
const SMOOTHING = 0.95;

/** By the first point of a run: the list is another with every step, its points are the same. */
const known = new WeakMap<StepPoint, Growing>();

/** The curve of a run in places of `width` steps. What was drawn before is not computed again: only what came since. */
export function lossCurve(losses: readonly StepPoint[], width: number): LossCurve {
  const [first] = losses;
  if (!first) return { raw: [], mean: [] };
  let curve = known.get(first);
  const goesOn = curve?.width === width && losses[curve.count - 1] === curve.last;
  if (!curve || !goesOn) {
    curve = { width, raw: [], mean: [], smooth: smoothing(), count: 0, last: undefined };
    known.set(first, curve);
  }
  grow(curve, losses);
  return curve;
}

/** Takes in one loss after the other and gives their exponential mean: step `n` counts at least 1/n, so that the first does not pull. */
export function smoothing(): (loss: number) => number {
  let [mean, count] = [0, 0];
  return (loss) => {
    count++;
    mean += Math.max(1 - SMOOTHING, 1 / count) * (loss - mean);
    return mean;
  };
}

function grow(curve: Growing, losses: readonly StepPoint[]): void {
  const { raw, mean, width, smooth } = curve;
  for (; curve.count < losses.length; curve.count++) {
    const { step, loss } = losses[curve.count]!;
    const place = 2 * Math.floor((step - 1) / width);
    while (raw.length < place + 2) {
      raw.push(null);
      mean.push(null);
    }
    raw[place] = Math.min(raw[place] ?? loss, loss);
    raw[place + 1] = Math.max(raw[place + 1] ?? loss, loss);
    const value = smooth(loss);
    mean[place] ??= value;
    mean[place + 1] = value;
  }
  curve.last = losses.at(-1);
}
