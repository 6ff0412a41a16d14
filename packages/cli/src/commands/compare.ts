import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { CnnError } from '@cnn/core';
import { flatConfig } from '../config/flat-config.ts';
import { readConfig } from '../config/read-config.ts';
import type { CommandContext } from '../program.ts';
import type { RunSummary } from '../run-folder/run-summary.ts';
import { formatCount, formatSeconds } from '../terminal/format-number.ts';
import { formatTable } from '../terminal/format-table.ts';
import { formatMeasure } from '../terminal/measure-lines.ts';

/** A run as it is compared. */
interface ComparedRun {
  readonly run: string;
  readonly summary: RunSummary;
  readonly config: Readonly<Record<string, string | number | boolean>>;
}

/** `cnn-cli compare`: the results of two or more runs side by side, and the config keys by which they differ. */
export async function compareCommand(runs: readonly string[], { terminal }: CommandContext): Promise<number> {
  const compared = await Promise.all(runs.map((run) => readRun(run, terminal.cwd)));
  const keys = [...new Set(compared.flatMap(({ config }) => Object.keys(config)))];
  const differing = keys.filter((key) => new Set(compared.map(({ config }) => config[key])).size > 1);
  if (terminal.json) {
    terminal.document(
      compared.map(({ run, summary, config }) => ({
        run,
        ...summary,
        config: Object.fromEntries(differing.map((key) => [key, config[key] ?? null])),
      })),
    );
    return 0;
  }
  const measures = [...new Set(compared.flatMap(({ summary }) => Object.keys(summary.test ?? {})))];
  const row = (title: string, cell: (run: ComparedRun) => string) => [title, ...compared.map(cell)];
  const rows = [
    ...measures.map((name) => row(`test ${name}`, ({ summary }) => measured(name, summary.test?.[name]))),
    row('best', ({ summary: { best } }) =>
      best ? `${formatMeasure(best.metric, best.value)} (epoch ${best.epoch})` : '',
    ),
    row('status', ({ summary }) => summary.status),
    row('epochs', ({ summary }) => String(summary.epochs)),
    row('steps', ({ summary }) => formatCount(summary.steps)),
    row('time', ({ summary }) => formatSeconds(summary.seconds)),
    row('images/s', ({ summary }) => formatCount(Math.round(summary.imagesPerSecond))),
    row('parameters', ({ summary }) => formatCount(summary.parameters)),
    row('backend', ({ summary }) => `${summary.backend}, ${summary.threads}`),
    ...differing.map((key) => row(key, ({ config }) => String(config[key] ?? ''))),
  ];
  const columns = [{ title: '' }, ...compared.map(({ run }) => ({ title: run, align: 'right' as const }))];
  for (const line of formatTable(columns, rows)) terminal.result(line);
  return 0;
}

function measured(name: string, value: number | undefined): string {
  return value === undefined ? '' : formatMeasure(name, value);
}

async function readRun(run: string, cwd: string): Promise<ComparedRun> {
  const folder = resolve(cwd, run);
  const path = join(folder, 'summary.json');
  if (!existsSync(path)) {
    throw new CnnError('missing-file', {
      where: run,
      expected: 'the folder of a run that has ended, with summary.json',
      received: existsSync(folder) ? 'a folder without it' : 'nothing there',
      remedy: 'Name folders such as runs/notebook-002/1',
    });
  }
  const { config } = await readConfig(run, { cwd, overrides: [] });
  return { run, summary: JSON.parse(await readFile(path, 'utf8')) as RunSummary, config: flatConfig(config) };
}
