import type { Outcome } from '../run/outcome.ts';
import type { Run } from '../run/run.ts';
import { duration, measure } from './readable.ts';

/** What a console log prints at each moment; nothing where it returns null. */
export interface ConsoleFormat {
  /** Before training. */
  start?(run: Run): string | null;
  /** Called for the steps whose loss was read back. */
  step?(run: Run): string | null;
  /** At the end of an epoch, which is the last of `run.state.history`. */
  epoch(run: Run): string | null;
  /** When the run is over. */
  end?(outcome: Outcome): string | null;
}

/** Name of a console format. */
export type ConsoleFormatName =
  | 'plain'
  | 'notebook-000'
  | 'notebook-001'
  | 'notebook-002'
  | 'notebook-003'
  | 'notebook-004';

const percent = (share: number): string => (100 * share).toFixed(2);

/** What notebook 002 ends with. */
function testAccuracy({ test }: Outcome): string | null {
  return test?.accuracy === undefined ? null : `Test Accuracy: ${percent(test.accuracy)}%`;
}

function listed(what: string, measures: Readonly<Record<string, number>>): string[] {
  return Object.entries(measures).map(([name, value]) => `${what} ${measure(name, value)}`);
}

/** Formats by name: our own, and what each of the five notebooks prints, to the letter. */
export const CONSOLE_FORMATS: Readonly<Record<ConsoleFormatName, ConsoleFormat>> = {
  plain: {
    epoch: epochLine,
    end: ({ test }) =>
      test
        ? `test  ${Object.entries(test)
            .map(([name, value]) => measure(name, value))
            .join('  ')}`
        : null,
  },
  'notebook-000': {
    epoch: ({ state: { epoch, train }, plan }) =>
      `Epoch [${epoch}/${plan.epochs}] Loss: ${train.loss.toFixed(4)} Accuracy: ${percent(train.accuracy)}%`,
  },
  'notebook-001': {
    start: () => 'Starting CNN training...\n',
    step: ({ state: { epoch, batch, train }, plan }) =>
      batch % 100 === 0
        ? `Epoch ${epoch}/${plan.epochs}, Batch ${batch}/${plan.batchesPerEpoch ?? '?'}, Loss: ${train.loss.toFixed(4)}`
        : null,
    epoch: ({ state: { epoch, train }, plan }) =>
      `Epoch ${epoch}/${plan.epochs} completed. Average Loss: ${train.loss.toFixed(4)}\n`,
    end: ({ status }) => (status === 'completed' ? 'Training completed!' : null),
  },
  'notebook-002': {
    epoch: ({ state: { epoch, train } }) => `Epoch ${epoch}, Loss: ${train.loss.toFixed(4)}`,
    end: testAccuracy,
  },
  'notebook-003': {
    epoch: ({ state: { epoch, train } }) => `Epoch ${epoch}, Loss: ${train.lossSum.toFixed(3)}`,
  },
  'notebook-004': {
    epoch: ({ state: { epoch, train } }) => `Epoch ${epoch}, Loss: ${train.lossSum.toFixed(4)}`,
  },
};

/** `epoch 1/5  loss 0.1602  accuracy 95.10 %  validation loss 0.0512  validation accuracy 98.32 %  12 s`. */
export function epochLine({ state, plan }: Run): string {
  const { epoch, train, validation, seconds } = state.history.at(-1)!;
  const accuracy = Number.isNaN(train.accuracy) ? [] : [measure('accuracy', train.accuracy)];
  const parts = [
    measure('loss', train.loss),
    ...accuracy,
    ...listed('validation', validation ?? {}),
    duration(seconds),
  ];
  return `epoch ${epoch}/${plan.epochs}  ${parts.join('  ')}`;
}
