import { CnnError } from '@cnn/core';
import type { ParameterGroup } from '../optimizers/parameter-group.ts';
import { plannedTicks } from './planned-ticks.ts';
import type { Schedule } from './schedule.ts';
import type { TickOptions } from './tick-schedule.ts';

/** Options of the one-cycle policy, as PyTorch's. */
export interface OneCycleLROptions extends TickOptions {
  /** The highest rate, of each group alike. */
  readonly maxLr: number;
  /** Default: as long as the run. */
  readonly totalSteps?: number;
  /** Share of the steps in which the rate rises. */
  readonly pctStart?: number;
  /** Along half a cosine (the default), or straight. */
  readonly annealStrategy?: 'cos' | 'linear';
  /** Cycle the momentum (Adam: the first beta) against the rate. */
  readonly cycleMomentum?: boolean;
  /** The momentum at the highest rate. Default 0.85. */
  readonly baseMomentum?: number;
  /** The momentum at the lowest rate. Default 0.95. */
  readonly maxMomentum?: number;
  /** The first rate is `maxLr / divFactor`. */
  readonly divFactor?: number;
  /** The last rate is the first one divided by this. */
  readonly finalDivFactor?: number;
  /** Come back to the first rate before falling to the last. */
  readonly threePhase?: boolean;
}

interface Phase {
  readonly end: number;
  readonly lr: readonly [from: number, to: number];
  readonly momentum: readonly [from: number, to: number];
}

/**
 * One cycle: the rate rises from `maxLr / divFactor` to `maxLr` and falls far below where it began; the momentum goes the
 * other way. It sets rates for the whole run, whatever the optimizer's own is. Advances every step.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.OneCycleLR.html
 */
export function oneCycleLR(options: OneCycleLROptions): Schedule {
  const { annealStrategy = 'cos', cycleMomentum = true, every = 'step' } = options;
  const anneal = annealStrategy === 'cos' ? annealCosine : annealLinear;
  return {
    every,
    start(groups, span) {
      const totalSteps = options.totalSteps ?? plannedTicks('oneCycleLR.totalSteps', every, span);
      const phases = phasesOf(options, totalSteps);
      let tick = 0;
      const apply = (): void => {
        if (tick > totalSteps) throw pastTheEnd(tick, totalSteps);
        for (const group of groups) setRates(group, phases, tick, anneal, cycleMomentum);
      };
      apply();
      return {
        advance() {
          tick++;
          apply();
        },
        state: () => tick,
        restore(state) {
          tick = Number(state);
        },
      };
    },
  };
}

function phasesOf(options: OneCycleLROptions, totalSteps: number): Phase[] {
  const { maxLr, pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4, threePhase = false } = options;
  const { baseMomentum = 0.85, maxMomentum = 0.95 } = options;
  const first = maxLr / divFactor;
  const last = first / finalDivFactor;
  const up: Phase = { end: pctStart * totalSteps - 1, lr: [first, maxLr], momentum: [maxMomentum, baseMomentum] };
  const end = totalSteps - 1;
  if (!threePhase) return [up, { end, lr: [maxLr, last], momentum: [baseMomentum, maxMomentum] }];
  return [
    up,
    { end: 2 * pctStart * totalSteps - 2, lr: [maxLr, first], momentum: [baseMomentum, maxMomentum] },
    { end, lr: [first, last], momentum: [maxMomentum, maxMomentum] },
  ];
}

type Anneal = (from: number, to: number, share: number) => number;

const annealCosine: Anneal = (from, to, share) => to + ((from - to) / 2) * (Math.cos(Math.PI * share) + 1);
const annealLinear: Anneal = (from, to, share) => (to - from) * share + from;

function setRates(
  group: ParameterGroup,
  phases: readonly Phase[],
  tick: number,
  anneal: Anneal,
  cycles: boolean,
): void {
  const found = phases.findIndex(({ end }) => tick <= end);
  const index = found < 0 ? phases.length - 1 : found;
  const { end, lr, momentum } = phases[index]!;
  const start = phases[index - 1]?.end ?? 0;
  const share = (tick - start) / (end - start);
  group.lr = anneal(...lr, share);
  if (cycles) group.momentum = anneal(...momentum, share);
}

function pastTheEnd(tick: number, totalSteps: number): CnnError {
  return new CnnError('invalid-argument', {
    where: 'oneCycleLR.totalSteps',
    expected: `at least ${tick}, the steps taken so far`,
    received: String(totalSteps),
    remedy: 'Leave totalSteps out, so that the cycle is as long as the run',
  });
}
