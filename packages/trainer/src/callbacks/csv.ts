import type { EpochRecord } from '../run/run-state.ts';
import type { TextFile } from '../text/text-file.ts';
import type { Callback } from './callback.ts';
import { textLog } from './text-log.ts';

/**
 * Writes one row an epoch, with a header: `epoch, step, train_loss, train_loss_sum, train_accuracy`, a column
 * `validation_<name>` for each measure of the validation, `lr, seconds`. Empty where a number is NaN. A new
 * file of a resumed run begins with its epochs.
 */
export function csv({ file, name = 'csv' }: { file: TextFile; name?: string }): Callback {
  const log = textLog(name, file);
  let hasHeader = false;
  const writeEpoch = async (record: EpochRecord): Promise<void> => {
    const row = csvRow(record);
    if (!hasHeader) await file.append(`${Object.keys(row).join(',')}\n`);
    hasHeader = true;
    await file.append(`${Object.values(row).map(cell).join(',')}\n`);
  };
  return {
    ...log,
    async onRunStart(run) {
      await log.onRunStart(run);
      hasHeader = log.resumed();
      if (!log.resumed()) for (const record of run.state.history) await writeEpoch(record);
    },
    async onEpochEnd({ state }) {
      await writeEpoch(state.history.at(-1)!);
    },
  };
}

function csvRow({ epoch, step, train, validation, lr, seconds }: EpochRecord): Record<string, number> {
  const validated = Object.entries(validation ?? {}).map(([name, value]) => [`validation_${name}`, value] as const);
  return {
    epoch,
    step,
    train_loss: train.loss,
    train_loss_sum: train.lossSum,
    train_accuracy: train.accuracy,
    ...Object.fromEntries(validated),
    lr: lr[0] ?? Number.NaN,
    seconds,
  };
}

function cell(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}
