import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '@cnn/cli';
import { expect } from 'vitest';

const SILENT = { write: () => true };

/**
 * Trains with `cnn-cli` in this process, up to step `maxSteps`. `source` is what the command takes, `runDir` its folder.
 *
 * @returns The losses that it wrote, as the page's CSV has them: `step,loss` with every digit.
 */
export async function lossesInNode(
  source: string,
  { maxSteps, runDir }: { maxSteps: number; runDir: string },
): Promise<string[]> {
  const argv = ['run', source, `trainer.maxSteps=${maxSteps}`, '--run-dir', runDir, '--quiet'];
  expect(await main(argv, { stdout: SILENT, stderr: SILENT })).toBe(0);
  const lines = (await readFile(join(runDir, 'metrics.jsonl'), 'utf8')).trim().split('\n');
  const steps = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'step');
  return steps.map(({ step, loss }) => `${step},${loss}`);
}
