import { describe, expect, test } from 'vitest';
import type { LayerStatistics } from '../../session/layer-statistics.ts';
import { readable, statisticsReading } from './statistics-reading.ts';

const plain = {
  call: 0,
  mean: 0,
  deviation: 1,
  zeros: 0.4,
  units: 32,
  dead: null,
  gradientNorm: null,
  weightNorm: null,
};
const conv = (path: string, gradientNorm: number): LayerStatistics => ({
  ...plain,
  path,
  kind: 'Conv2d',
  gradientNorm,
  weightNorm: 2,
});
const relu = (dead: number): LayerStatistics => ({ ...plain, path: 'relu', kind: 'ReLU', dead });

describe('what statistics say', () => {
  test('a healthy network is called healthy', () => {
    const { tone, text } = statisticsReading([conv('conv1', 0.1), relu(0), conv('fc1', 0.4)]);
    expect([tone, text]).toEqual([
      'good',
      'Healthy: gradients reach from fc1 back to conv1, and every unit is active for some image.',
    ]);
    expect(statisticsReading([conv('conv1', 0.1), relu(1), conv('fc1', 0.4)]).text).toMatch(/1 unit is never active/);
  });

  test.each([
    ['exploding gradients', [conv('conv1', 5), conv('fc1', 4000)], /explode: that of fc1 is 4,000/],
    [
      'gradients that are no numbers',
      [conv('conv1', Number.NaN), conv('fc1', 1)],
      /explode: that of conv1 is no number/,
    ],
    ['dead ReLUs', [conv('conv1', 0.1), relu(20), conv('fc1', 0.1)], /20 of 32 units of relu are 0 for every image/],
    [
      'vanishing gradients',
      [conv('conv1', 1e-6), conv('fc1', 0.1)],
      /conv1 gets 100,000 times less than fc1|conv1 gets 1.0·10\^5 times less/,
    ],
    ['no gradients at all', [conv('conv1', 0), conv('fc1', 0)], /have vanished/],
  ])('%s are named', (_, layers, sentence) => {
    const { tone, text } = statisticsReading(layers);
    expect(tone).toBe('bad');
    expect(text).toMatch(sentence);
  });

  test('of a frozen network there is nothing to say', () => {
    expect(statisticsReading([relu(0)]).text).toMatch(/no gradients to look at/);
  });

  test('numbers have three digits', () => {
    expect([0, 0.123456, 12345, 1e-5, 3.2e7, -0.5].map(readable)).toEqual([
      '0',
      '0.123',
      '12,300',
      '1.0·10^-5',
      '3.2·10^7',
      '-0.5',
    ]);
  });
});
