import { readFileSync } from 'node:fs';
import { Parameter } from '@cnn/core';
import { describe, expect, test } from 'vitest';
import {
  Adam,
  chainedLR,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  exponentialLR,
  lambdaLR,
  linearLR,
  multiStepLR,
  type Optimizer,
  oneCycleLR,
  reduceLROnPlateau,
  type Schedule,
  Sgd,
  sequentialLR,
  stepLR,
  warmUp,
} from '../index.ts';
import { startFromInitial } from './start-from-initial.ts';

interface Case {
  readonly schedule: string;
  readonly options: object;
  readonly adam?: boolean;
  /** Before each of 100 steps; `lr2` of the second group before every tenth; `momentum` before every fifth. */
  readonly lr: readonly number[];
  readonly lr2: readonly number[];
  readonly momentum: readonly number[];
}

const fixture = new URL('../../test/fixtures/schedules.json', import.meta.url);
const { measures, cases }: { measures: readonly number[]; cases: readonly Case[] } = JSON.parse(
  readFileSync(fixture, 'utf8'),
);
const SPAN = { epochs: 100, totalSteps: 100 };

const FACTORIES: Readonly<Record<string, (options: never) => Schedule>> = {
  stepLR,
  multiStepLR,
  exponentialLR,
  linearLR,
  cosineAnnealingLR,
  cosineAnnealingWarmRestarts,
  oneCycleLR,
  reduceLROnPlateau,
  lambdaLR: () => lambdaLR({ factor: (tick) => 1 / (1 + tick) }),
  sequential: () =>
    sequentialLR({
      schedules: [
        linearLR({ startFactor: 0.1, totalIters: 10 }),
        cosineAnnealingLR({ tMax: 60, etaMin: 0.01 }),
        exponentialLR({ gamma: 0.9 }),
      ],
      milestones: [10, 70],
    }),
  chained: () =>
    chainedLR({ schedules: [linearLR({ startFactor: 0.1, totalIters: 20 }), exponentialLR({ gamma: 0.95 })] }),
};

function optimizerOf(adam = false): Optimizer {
  const groups = [0.1, 0.03].map((lr) => ({ parameters: [new Parameter(new Float32Array(1), [1])], lr }));
  return adam ? new Adam(groups) : new Sgd(groups, { momentum: 0.9 });
}

/** Rates of the groups before each of `count` steps, the schedule saved and restored into a new one before `resumeAt`. */
function trace(
  schedule: Schedule,
  adam: boolean | undefined,
  resumeAt?: number,
): { lr: number[][]; momentum: number[] } {
  let optimizer = optimizerOf(adam);
  let running = startFromInitial(schedule, optimizer.groups, SPAN);
  const lr: number[][] = [];
  const momentum: number[] = [];
  for (let step = 0; step < 100; step++) {
    if (step === resumeAt) {
      const saved = JSON.parse(JSON.stringify({ rates: optimizer.rates(), schedule: running.state() }));
      optimizer = optimizerOf(adam);
      running = startFromInitial(schedule, optimizer.groups, SPAN);
      optimizer.restoreRates(saved.rates);
      running.restore(saved.schedule);
    }
    lr.push(optimizer.groups.map((group) => group.lr));
    momentum.push(optimizer.groups[0]!.momentum);
    running.advance(measures[step]);
  }
  return { lr, momentum };
}

function expectClose(received: readonly number[], expected: readonly number[], tolerance = 1e-11): void {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs(received[index]! - value), `at ${index}: ${received[index]}, PyTorch ${value}`).toBeLessThanOrEqual(
      Math.abs(value) * tolerance + 1e-18,
    );
  });
}

describe.each(cases)('$schedule $options', ({ schedule, options, adam, lr, lr2, momentum }) => {
  test("gives PyTorch's rate before each of 100 steps", () => {
    const received = trace(FACTORIES[schedule]!(options as never), adam);
    expectClose(
      received.lr.map(([first]) => first!),
      lr,
    );
    expectClose(
      received.lr.filter((_, step) => step % 10 === 0).map(([, second]) => second!),
      lr2,
    );
    expectClose(
      received.momentum.filter((_, step) => step % 5 === 0),
      momentum,
    );
  });

  test('goes on exactly where it was saved', () => {
    const made = FACTORIES[schedule]!(options as never);
    const undisturbed = trace(made, adam);
    for (const resumeAt of [1, 10, 37, 71]) expect(trace(made, adam, resumeAt)).toEqual(undisturbed);
  });
});

test('warmUp rises linearly to the rate and hands over', () => {
  const { lr } = trace(warmUp({ ticks: 10, startFactor: 0.1, schedule: stepLR({ stepSize: 20 }) }), false);
  expectClose(
    lr.map(([first]) => first!).slice(0, 11),
    [1, 1.9, 2.8, 3.7, 4.6, 5.5, 6.4, 7.3, 8.2, 9.1, 10].map((x) => x / 100),
    1e-9,
  );
  expect(lr[29]![0]).toBe(0.1);
  expect(lr[30]![0]).toBeCloseTo(0.01, 12);
});

test('schedules that span the run take its length when they are given none', () => {
  expect(trace(cosineAnnealingLR(), false)).toEqual(trace(cosineAnnealingLR({ tMax: 100 }), false));
  expect(trace(oneCycleLR({ maxLr: 0.5 }), false)).toEqual(trace(oneCycleLR({ maxLr: 0.5, totalSteps: 100 }), false));
});

test('a schedule after a warm-up spans the rest of the run', () => {
  const spanning = trace(warmUp({ ticks: 10, schedule: cosineAnnealingLR() }), false);
  expect(spanning).toEqual(trace(warmUp({ ticks: 10, schedule: cosineAnnealingLR({ tMax: 90 }) }), false));
  expect(spanning.lr.at(-1)![0]).toBeLessThan(1e-4);
});

test('a schedule that needs the length of a run that has none says so', () => {
  const start = (): unknown => oneCycleLR({ maxLr: 1 }).start(optimizerOf().groups, { epochs: 2, totalSteps: null });
  expect(start).toThrow('oneCycleLR.totalSteps: expected a count of steps');
});

test('schedules that count different ticks do not go together', () => {
  const mixed = [stepLR({ stepSize: 1 }), oneCycleLR({ maxLr: 1 })];
  expect(() => chainedLR({ schedules: mixed })).toThrow('received epoch, step');
  expect(() => sequentialLR({ schedules: [mixed[0]!], milestones: [3] })).toThrow('expected 0 milestones');
});
