import type { EpochRecord } from '../run/run-state.ts';
import type { TextFile } from '../text/text-file.ts';
import type { Callback } from './callback.ts';
import { textLog } from './text-log.ts';

/**
 * Writes what happens as JSON, one event a line: `step` every `logEverySteps`, `epoch` at the end of
 * each epoch, `test` when the test is done. A number that is NaN becomes null. A resumed run cuts the file back to where
 * its checkpoint stood, so that it ends as if the run had never stopped; a new file of one begins with its epochs.
 */
export function jsonLines({ file, name = 'json-lines' }: { file: TextFile; name?: string }): Callback {
  const log = textLog(name, file);
  const write = (event: object): Promise<void> => file.append(`${JSON.stringify(event)}\n`);
  const writeEpoch = ({ epoch, step, train, validation, lr, seconds }: EpochRecord): Promise<void> => {
    const { loss, lossSum, accuracy } = train;
    return write({ type: 'epoch', epoch, step, train: { loss, lossSum, accuracy }, validation, lr: lr[0], seconds });
  };
  return {
    ...log,
    async onRunStart(run) {
      await log.onRunStart(run);
      if (!log.resumed()) for (const record of run.state.history) await writeEpoch(record);
    },
    async onStepEnd({ state, plan }) {
      if (state.lastLoss === null || state.step % plan.logEverySteps !== 0) return;
      const { epoch, step, lastLoss: loss, lastLr } = state;
      await write({ type: 'step', epoch, step, loss, lr: lastLr[0] });
    },
    async onEpochEnd({ state }) {
      await writeEpoch(state.history.at(-1)!);
    },
    async onRunEnd(_run, outcome) {
      if (outcome.test) await write({ type: 'test', step: outcome.steps, test: outcome.test });
      await log.onRunEnd();
    },
  };
}
