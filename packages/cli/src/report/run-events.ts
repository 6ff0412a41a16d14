import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** A `step` line of `metrics.jsonl`. */
interface LoggedStep {
  readonly type: 'step';
  readonly epoch: number;
  readonly step: number;
  /** Null where it was no number. */
  readonly loss: number | null;
  readonly lr: number | null;
}

/** An `epoch` line of it. Means over batches; null where a value was no number. */
interface LoggedEpoch {
  readonly type: 'epoch';
  readonly epoch: number;
  readonly step: number;
  readonly train: { readonly loss: number | null; readonly accuracy: number | null };
  readonly validation: Readonly<Record<string, number | null>> | null;
  readonly lr: number | null;
  readonly seconds: number;
}

/** The events of a run, first to last. */
export interface LoggedEvents {
  readonly steps: readonly LoggedStep[];
  readonly epochs: readonly LoggedEpoch[];
}

/** Reads `metrics.jsonl`; nothing where there is no such file. A last line that was cut short is left out. */
export async function readRunEvents(path: string): Promise<LoggedEvents> {
  const steps: LoggedStep[] = [];
  const epochs: LoggedEpoch[] = [];
  const lines = existsSync(path) ? (await readFile(path, 'utf8')).split('\n').slice(0, -1) : [];
  for (const line of lines) {
    const event: LoggedStep | LoggedEpoch | { readonly type: 'test' } = JSON.parse(line);
    if (event.type === 'step') steps.push(event);
    if (event.type === 'epoch') epochs.push(event);
  }
  return { steps, epochs };
}
