// A run that is configured anew each time, as a process that starts again would: nothing is shared but the store.
import { Generator } from '@cnn/core';
import { Points, type TinyNet, tinyNet } from '../src/conformance/tiny-task.ts';
import {
  Adam,
  type Callback,
  type CheckpointStore,
  checkpoint,
  csv,
  earlyStopping,
  type FitOptions,
  fit,
  jsonLines,
  type Outcome,
  type TextFile,
  weightAverage,
} from '../src/index.ts';

/** What outlives a session. */
export interface SessionFiles {
  readonly store: CheckpointStore;
  readonly jsonFile: TextFile;
  readonly csvFile: TextFile;
}

/** One session of a run with dropout, shuffling, averaging, accumulation, clipping and early stopping. */
export async function runInSession(
  { store, jsonFile, csvFile }: SessionFiles,
  { callbacks = [], ...options }: Partial<FitOptions> = {},
): Promise<{ outcome: Outcome; model: TinyNet; optimizer: Adam }> {
  const generator = new Generator(3);
  const model = tinyNet({ dropout: 0.2 });
  const optimizer = new Adam(model.parameters(), { lr: 0.02, weightDecay: 0.01 });
  const outcome = await fit({
    model,
    optimizer,
    data: new Points({ generator, count: 44 }),
    validation: new Points({ shuffle: false, batchSize: 16 }),
    test: new Points({ shuffle: false, batchSize: 20 }),
    epochs: 6,
    logEverySteps: 2,
    accumulate: 2,
    gradientClip: 1,
    average: weightAverage({ decay: 0.9 }),
    generators: { shuffle: generator },
    seed: 5,
    store,
    callbacks: [
      jsonLines({ file: jsonFile }),
      csv({ file: csvFile }),
      checkpoint({ everySteps: 1, topK: 2, monitor: 'validation.loss' }),
      earlyStopping({ patience: 5 }),
      ...callbacks,
    ],
    ...options,
  });
  return { outcome, model, optimizer };
}

/** Stands for a process that is killed: nothing after it runs but what the system does by itself. */
export const killedAtStep = (step: number): Callback => ({
  name: 'killer',
  onStepEnd(run) {
    if (run.state.step === step) throw new Error('killed');
  },
});
