import type { StepPoint } from '../../session/session-event.ts';
import { saveFile } from '../../share/save-file.ts';

/** Gives the losses to the person as CSV, every digit of them. */
export function saveLosses(losses: readonly StepPoint[], name: string): void {
  const rows = losses.map(({ step, loss }) => `${step},${loss}`);
  saveFile(`${name}-losses.csv`, `step,loss\n${rows.join('\n')}\n`, 'text/csv');
}
