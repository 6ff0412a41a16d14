import { describe, expect, test } from 'vitest';
import { DEFAULT_CONFIG } from './default-config.ts';
import { brief, type EarlierRun, readRuns } from './earlier-runs-store.ts';

const run = (steps: number): EarlierRun => ({
  id: 3,
  config: DEFAULT_CONFIG,
  losses: Array.from({ length: steps }, (_, i) => ({ step: i + 1, loss: 1 / (i + 3) })),
  epochs: [
    {
      epoch: 1,
      step: steps,
      train: { loss: 0.5, accuracy: 0.75 },
      test: { loss: Number.NaN, accuracy: Number.NaN },
    },
  ],
  shown: false,
});

describe('runs of earlier visits', () => {
  test('come back as they were, an epoch without a test too', () => {
    const [back] = readRuns(JSON.stringify([brief(run(20))]));
    expect(back).toMatchObject({ id: 3, shown: false, config: DEFAULT_CONFIG });
    expect(back?.losses).toHaveLength(20);
    expect(back?.losses[4]?.loss).toBeCloseTo(1 / 7, 5);
    expect(back?.epochs).toEqual(run(20).epochs);
  });

  test('of a long run every so many points are kept, and the last', () => {
    const { losses } = brief(run(30_001));
    expect(losses.length).toBeLessThanOrEqual(5001);
    expect(losses[0]?.step).toBe(1);
    expect(losses.at(-1)?.step).toBe(30_001);
    expect(JSON.stringify(brief(run(30_001))).length).toBeLessThan(250_000);
  });

  test.each([null, '', 'no JSON', '{}', '[null, 3, {"id": "x"}]'])('%j is nothing', (text) => {
    expect(readRuns(text)).toEqual([]);
  });
});
