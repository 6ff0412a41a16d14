import type { Config } from '@cnn/cli/config';
import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import { RunChanges } from './run-changes.ts';

const { optimizer, data } = DEFAULT_CONFIG;
const withRate = (lr: number): Config => ({ ...DEFAULT_CONFIG, optimizer: { ...optimizer, lr } });

describe('what is changed while a run trains', () => {
  let config: Config;
  let changes: RunChanges;
  const step = (from: number, to: number): void => {
    for (let i = from; i <= to; i++) changes.stepped(i);
  };

  beforeEach(() => {
    config = DEFAULT_CONFIG;
    changes = new RunChanges(() => config);
  });

  it('is told with the steps that were done without it', () => {
    step(1, 300);
    config = { ...withRate(0.0001), data: { ...data, augment: [{ 'random-rotation': { degrees: 10 } }] } as never };
    const expected = [
      { step: 300, what: 'learning rate', from: '0.003', to: '0.0001' },
      { step: 300, what: 'augmentation', from: 'none', to: 'random-rotation' },
    ];
    expect(changes.until(300)).toEqual(expected); // also before the next step
    step(301, 310);
    expect(changes.until(310)).toEqual(expected);
    expect(changes.noted).toEqual(expected);
  });

  it('is nothing before the first step, and nothing that was taken back in a pause', () => {
    config = withRate(0.1);
    expect(changes.until(0)).toEqual([]);
    step(1, 5);
    config = withRate(0.2);
    config = withRate(0.1);
    step(6, 7);
    config = { ...config, name: 'other', trainer: { ...config.trainer, epochs: 99 } };
    step(8, 9);
    expect(changes.until(9)).toEqual([]);
  });

  it('is known again after a reload, what was changed since the checkpoint too', () => {
    step(1, 10);
    config = withRate(0.1);
    step(11, 12);
    const next = new RunChanges(() => withRate(0.5));
    next.restore(changes.noted, config);
    expect(next.until(12).map(({ step, to }) => [step, to])).toEqual([
      [10, '0.1'],
      [12, '0.5'],
    ]);
  });

  it('is also weights from a file', () => {
    step(1, 4);
    changes.weightsBrought(4, 'best.safetensors');
    expect(changes.until(6)).toEqual([{ step: 4, what: 'weights', from: 'its own', to: 'best.safetensors' }]);
  });
});
