import { describe, expect, test } from 'vitest';
import { accuracyColumns, lossColumns } from './loss-series.ts';

const run = (values: readonly number[]) => ({
  losses: values.map((loss, index) => ({ step: index + 1, loss })),
  epochs: [],
});
const epoch = (number: number, train: number, test: number) => ({
  epoch: number,
  step: number * 2,
  train: { loss: 1, accuracy: train },
  test: { loss: 2, accuracy: test },
});

describe('the curves of a loss', () => {
  test('few steps are all drawn', () => {
    const { x, columns } = lossColumns(run([3, 1, 2]), [], { points: 100 });
    expect(x.filter((_, place) => place % 2 === 0)).toEqual([1, 2, 3]);
    expect(columns[0]?.filter((_, place) => place % 2 === 0)).toEqual([3, 1, 2]);
  });

  test('of many steps each place shows the least and the greatest', () => {
    const { x, columns } = lossColumns(run([5, 1, 9, 2, 4, 4, 4, 4]), [], { points: 4 });
    expect(x).toEqual([1, 3, 5, 7]);
    expect(columns[0]).toEqual([1, 9, 4, 4]);
  });

  test('an earlier run that is shorter ends where it ended', () => {
    const { columns } = lossColumns(run([1, 1, 1, 1]), [run([2, 2])], { points: 100 });
    expect(columns.at(-1)?.slice(-4)).toEqual([null, null, null, null]);
  });

  test('the test loss stands where its epoch ended', () => {
    const { columns } = lossColumns({ ...run([3, 3, 3, 3]), epochs: [epoch(1, 0.5, 0.5)] }, [], { points: 100 });
    expect(columns[2]?.map((value) => value !== null)).toEqual([false, false, false, true, false, false, false, false]);
  });
});

test('accuracies are per cent by epoch; what was not measured is left out', () => {
  const current = { losses: [], epochs: [epoch(1, 0.5, 0.4), epoch(2, 0.75, Number.NaN)] };
  const { x, columns } = accuracyColumns(current, [{ losses: [], epochs: [epoch(3, 1, 0.9)] }]);
  expect(x).toEqual([1, 2, 3]);
  expect(columns).toEqual([
    [50, 75, null],
    [40, null, null],
    [null, null, 90],
  ]);
});
