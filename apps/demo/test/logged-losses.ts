import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The losses that `cnn-cli` wrote into a run folder, as the page's CSV has them: `step,loss` with every digit. */
export async function loggedLosses(runDir: string): Promise<string[]> {
  const lines = (await readFile(join(runDir, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const steps = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'step');
  return steps.map(({ step, loss }) => `${step},${loss}`);
}
