import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  accuracy,
  balancedAccuracy,
  type ClassAverage,
  type ConfusionNormalisation,
  confusionMatrix,
  expectedCalibrationError,
  f1,
  logLoss,
  normalisedConfusion,
  perClassTable,
  precision,
  recall,
  topK,
} from '../src/index.ts';
import { measured, type StoredPredictions } from './metric-batches.ts';

type Averages = Readonly<Record<Exclude<ClassAverage, 'none'>, number>> & { readonly none: readonly number[] };

/** Made by `scripts/fixtures/metrics.py`. */
interface Case extends StoredPredictions {
  readonly name: string;
  readonly expected: {
    readonly accuracy: number;
    readonly balancedAccuracy: number;
    readonly logLoss: number;
    readonly calibrationError: Readonly<Record<string, number>>;
    readonly topK: Readonly<Record<string, number>>;
    readonly averages: Readonly<Record<'precision' | 'recall' | 'f1', Averages>>;
    readonly confusionMatrix: readonly (readonly number[])[];
    readonly normalised: Readonly<Record<ConfusionNormalisation, readonly (readonly number[])[]>>;
    readonly support: readonly number[];
  };
}

const fixture = new URL('./fixtures/scikit-learn.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: readonly Case[] };

describe.each(cases)('on stored predictions with $name, as scikit-learn', (stored) => {
  const { expected } = stored;

  it('measures accuracy', () => {
    expect(measured(accuracy(), stored)).toBeCloseTo(expected.accuracy, 12);
    expect(measured(balancedAccuracy(), stored)).toBeCloseTo(expected.balancedAccuracy, 12);
  });

  it('measures top-k accuracy for every k', () => {
    for (const [k, value] of Object.entries(expected.topK)) {
      expect(measured(topK({ k: Number(k) }), stored), `k = ${k}`).toBeCloseTo(value, 12);
    }
  });

  it.each([
    ['precision', precision],
    ['recall', recall],
    ['f1', f1],
  ] as const)('averages %s over the classes', (name, metric) => {
    const { macro, micro, weighted, none } = expected.averages[name];
    expect(measured(metric(), stored)).toBeCloseTo(macro, 12);
    expect(measured(metric({ average: 'micro' }), stored)).toBeCloseTo(micro, 12);
    expect(measured(metric({ average: 'weighted' }), stored)).toBeCloseTo(weighted, 12);
    expectRow(measured(metric({ average: 'none' }), stored), none);
  });

  it('counts the confusion matrix and normalises it', () => {
    const matrix = measured(confusionMatrix(), stored);
    expect(matrix.counts).toEqual(expected.confusionMatrix);
    for (const by of ['truth', 'predicted', 'all'] as const) {
      for (const [i, row] of normalisedConfusion(matrix, by).entries()) expectRow(row, expected.normalised[by][i]!);
    }
  });

  it('tabulates the classes', () => {
    const table = perClassTable(measured(confusionMatrix(), stored));
    expect(table.map(({ support }) => support)).toEqual(expected.support);
    for (const score of ['precision', 'recall', 'f1'] as const) {
      expectRow(
        table.map((row) => row[score]),
        expected.averages[score].none,
      );
    }
  });

  it('measures log-loss and calibration', () => {
    expect(measured(logLoss(), stored)).toBeCloseTo(expected.logLoss, 7);
    for (const [bins, value] of Object.entries(expected.calibrationError)) {
      expect(measured(expectedCalibrationError({ bins: Number(bins) }), stored)).toBeCloseTo(value, 7);
    }
  });
});

function expectRow(received: readonly number[], expected: readonly number[]): void {
  expect(received.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(received[i]).toBeCloseTo(value, 12);
}
