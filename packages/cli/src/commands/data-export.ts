import { resolve } from 'node:path';
import { CnnError } from '@cnn/core';
import { csvChunks } from '@cnn/datasets';
import { writeCsv } from '@cnn/datasets/node';
import { parseOverride } from '../config/override.ts';
import { parseConfig } from '../config/parse-config.ts';
import { openData } from '../experiment/open-data.ts';
import type { CommandContext, Flags } from '../program.ts';
import { downloadProgressLine } from '../terminal/download-progress-line.ts';
import { formatCount } from '../terminal/format-number.ts';
import { dataRoot } from './data-info.ts';

/** `cnn-cli data export`: a data set as CSV, one image a row, the label first; to stdout for `--csv -`. */
export async function dataExportCommand(
  name: string,
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const split = oneOf('--split', flags.split ?? 'train', ['train', 'test'] as const);
  const limit = flags.limit === undefined ? undefined : positiveInteger('--limit', flags.limit);
  const overrides = [`data.name=${name}`, `data.root=${dataRoot(flags, terminal.cwd)}`, 'model=mlp'];
  const { config } = parseConfig({ overrides: overrides.map(parseOverride) });
  const parts = await openData(config, { cwd: terminal.cwd, onProgress: downloadProgressLine(terminal), signal });
  const dataset = parts[split];
  if (!dataset) throw usage('--split', 'a part that the data set has', split, 'Write --split train');
  const options = limit === undefined ? {} : { limit };
  const file = String(flags.csv);
  if (file === '-') {
    for await (const chunk of csvChunks(dataset, options)) terminal.stdout.write(chunk);
    return 0;
  }
  await writeCsv(dataset, resolve(terminal.cwd, file), options);
  terminal.result(
    `${formatCount(Math.min(limit ?? dataset.length, dataset.length))} images of ${name} (${split}): ${file}`,
  );
  return 0;
}

function oneOf<Choice extends string>(where: string, value: unknown, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value);
  if (choice) return choice;
  throw usage(where, `one of ${choices.join(', ')}`, String(value), 'Choose one of them');
}

function positiveInteger(where: string, value: unknown): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw usage(where, 'a whole number ≥ 1', String(value), `Write for example ${where} 1000`);
}

function usage(where: string, expected: string, received: string, remedy: string): CnnError {
  return new CnnError('invalid-argument', { where, expected, received, remedy });
}
