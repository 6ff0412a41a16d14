import { describe, expect, test } from 'vitest';
import { callbackConformance } from '../conformance.ts';
import {
  type Callback,
  checkpoint,
  consoleLog,
  csv,
  defineCallback,
  earlyStopping,
  jsonLines,
  learningRateMonitor,
  memoryText,
  modelSummary,
  nanGuard,
  progressBar,
  tensorBoard,
  timeLimit,
} from '../index.ts';

const file = memoryText();
const print = (): void => {};
const stream = { write: () => true, isTTY: true, columns: 80 };

const CALLBACKS: Readonly<Record<string, { create: () => Callback; observes?: boolean }>> = {
  checkpoint: { create: () => checkpoint({ topK: 1 }) },
  consoleLog: { create: () => consoleLog({ print }) },
  csv: { create: () => csv({ file }) },
  earlyStopping: { create: () => earlyStopping({ patience: 1 }), observes: false },
  jsonLines: { create: () => jsonLines({ file }) },
  learningRateMonitor: { create: () => learningRateMonitor({ announce: true }) },
  modelSummary: { create: () => modelSummary({ text: 'a table', print }) },
  nanGuard: { create: () => nanGuard({ everyStep: true }) },
  progressBar: { create: () => progressBar({ stream }) },
  tensorBoard: { create: () => tensorBoard({ file, histograms: true }) },
  timeLimit: { create: () => timeLimit({ minutes: 60 }) },
};

describe.each(Object.entries(CALLBACKS))('%s', (_name, { create, observes = true }) => {
  test.each(callbackConformance(create, { observes }))('$name', ({ run }) => run());
});

describe('the conformance suite finds', () => {
  const findings = async (create: () => Callback): Promise<string[]> => {
    const found: string[] = [];
    for (const { run } of callbackConformance(create)) await run().catch((error: Error) => found.push(error.message));
    return found;
  };

  test('a hook with a wrong name', async () => {
    const misspelt = { name: 'misspelt', onEpochEnded: () => {} };
    expect((await findings(() => misspelt)).join()).toContain('received onEpochEnded');
  });

  test('an observer that changes the weights', async () => {
    const meddler = defineCallback({
      name: 'meddler',
      async onEpochEnd({ model }) {
        const state = await model.stateDict();
        state.set('fc1.bias', { dtype: 'float32', shape: [8], data: new Float32Array(8) });
        model.loadStateDict(state);
      },
    });
    expect((await findings(() => meddler)).join()).toContain('a run that is watched differs');
  });

  test('state that a resumed run lacks', async () => {
    const forgetful = (): Callback => {
      let epochs = 0;
      return {
        name: 'forgetful',
        onEpochEnd(run) {
          epochs++;
          if (epochs === 2) for (const { groups } of Object.values(run.optimizers)) groups[0]!.lr = 0;
        },
        onRunEnd: () => {
          epochs = 0;
        },
        onStepEnd(run) {
          if (epochs === 0 && run.state.epoch === 2) run.requestStop('confused');
        },
      };
    };
    expect((await findings(forgetful)).join()).toContain('a run killed at step 8 and resumed differs');
  });

  test('what a run leaves behind', async () => {
    const counting = (): Callback => {
      let count = 0;
      return { name: 'counting', onEpochStart: (run) => (count++ > 2 ? run.requestStop('too many') : undefined) };
    };
    expect((await findings(counting)).join()).toContain('a second run with the same instance differs');
  });
});
