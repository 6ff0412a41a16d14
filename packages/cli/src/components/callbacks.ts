import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Module } from '@cnn/core';
import { renderSummary, summary } from '@cnn/models';
import {
  type Callback,
  checkpoint,
  consoleLog,
  csv,
  earlyStopping,
  jsonLines,
  learningRateMonitor,
  mlflow,
  modelSummary,
  nanGuard,
  progressBar,
  tensorBoard,
  timeLimit,
} from '@cnn/trainer';
import { textFile } from '@cnn/trainer/node';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type MonitorChoices, monitoredMetric } from './monitored-metric.ts';

/** What callbacks are made for. */
export interface CallbackContext extends MonitorChoices {
  readonly runDir: string;
  readonly terminal: Terminal;
  readonly model: Module;
  /** Of one image, `[C, H, W]`. */
  readonly input: readonly number[];
  /** The resolved config as YAML. */
  readonly configText: string;
  /** The same, flat: `optimizer.lr` and its like. */
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

const NO_OPTIONS = z.strictObject({});
const count = z.int().min(1);
const monitored = {
  monitor: z.string().min(1).nullable().default(null).describe('metric to watch, such as validation.accuracy'),
  mode: z.enum(['min', 'max']).nullable().default(null).describe('whether less or more is better; null: by its name'),
};
const CONSOLE_FORMATS = [
  'plain',
  'notebook-000',
  'notebook-001',
  'notebook-002',
  'notebook-003',
  'notebook-004',
] as const;

/** Callbacks by the name that configs use. */
export const CALLBACKS: BuiltIns<CallbackContext, Callback> = {
  checkpoint: builtIn(
    z.strictObject({
      ...monitored,
      best: z.boolean().default(true).describe('keep the best epoch as best.safetensors'),
      everySteps: count.nullable().default(null).describe('also write last.safetensors after every so many steps'),
      everyMinutes: z.number().positive().nullable().default(null).describe('also write it every so many minutes'),
      topK: z.int().min(0).default(0).describe('keep the best so many epochs under names of their own'),
      fileName: z.string().min(1).default('epoch-{epoch}-step-{step}.safetensors').describe('pattern of those names'),
    }),
    ({ monitor, mode, ...options }, context) =>
      checkpoint({ ...options, ...monitoredMetric('checkpoint', { monitor, mode }, context) }),
  ),
  'early-stopping': builtIn(
    z.strictObject({
      ...monitored,
      monitor: z.string().min(1).default('validation.loss').describe('metric to watch'),
      patience: z.int().min(0).default(3).describe('epochs without improvement after which the run stops'),
      minDelta: z.number().min(0).default(0).describe('what counts as an improvement must be larger'),
      cooldown: z.int().min(0).default(0).describe('epochs after an improvement that do not count'),
    }),
    ({ monitor, mode, ...options }, context) =>
      earlyStopping({ ...options, ...monitoredMetric('early-stopping', { monitor, mode }, context) }),
  ),
  progress: builtIn(NO_OPTIONS, (_options, { terminal }) => progressBar({ stream: progressStream(terminal) })),
  console: builtIn(
    z.strictObject({ format: z.enum(CONSOLE_FORMATS).default('plain').describe("as one of the notebooks' prints") }),
    ({ format }, { terminal }) => consoleLog({ format, print: (line) => terminal.print(line) }),
  ),
  csv: builtIn(NO_OPTIONS, (_options, { runDir }) => csv({ file: textFile(join(runDir, 'metrics.csv')) })),
  'json-lines': builtIn(NO_OPTIONS, (_options, { runDir }) =>
    jsonLines({ file: textFile(join(runDir, 'metrics.jsonl')) }),
  ),
  'learning-rate-monitor': builtIn(
    z.strictObject({ announce: z.boolean().default(true).describe('say each change') }),
    (options) => learningRateMonitor(options),
  ),
  'model-summary': builtIn(NO_OPTIONS, (_options, { model, input, terminal }) =>
    modelSummary({ text: renderSummary(summary(model, { input })), print: (text) => terminal.log(text) }),
  ),
  mlflow: builtIn(
    z.strictObject({
      trackingUri: z.url().describe('of the server, such as http://localhost:5000'),
      experiment: z.string().min(1).default('Default').describe('made where there is none of that name'),
      runName: z.string().min(1).nullable().default(null),
    }),
    ({ runName, ...options }, { params }) => mlflow({ ...options, params, ...(runName === null ? {} : { runName }) }),
  ),
  'nan-guard': builtIn(
    z.strictObject({
      everyStep: z.boolean().default(false).describe('look into every layer of every step: slow, and exact'),
    }),
    (options, { runDir }) =>
      nanGuard({ ...options, save: (dump) => writeFileAtomic(join(runDir, 'nan-dump.safetensors'), dump) }),
  ),
  tensorboard: builtIn(
    z.strictObject({ histograms: z.boolean().default(false).describe('of all parameters after each epoch') }),
    (options, { runDir, configText }) => {
      const file = textFile(join(runDir, eventFileName(runDir)));
      return tensorBoard({ ...options, file, texts: { config: `\`\`\`yaml\n${configText}\`\`\`` } });
    },
  ),
  'time-limit': builtIn(z.strictObject({ minutes: z.number().positive().describe('stop after so long') }), (options) =>
    timeLimit(options),
  ),
};

/** A resumed run goes on with the file that it had. TensorBoard wants the time of the start in the name. */
function eventFileName(runDir: string): string {
  const files = existsSync(runDir) ? readdirSync(runDir) : [];
  const found = files.find((file) => file.startsWith('events.out.tfevents.'));
  return found ?? `events.out.tfevents.${Math.floor(Date.now() / 1000)}.cnn`;
}

/** The bar alone, for a terminal on which a `console` says the rest; null elsewhere. */
export function barBesideConsole(terminal: Terminal): Callback | null {
  return terminal.interactive ? progressBar({ stream: progressStream(terminal), lines: false }) : null;
}

/** Stderr for progress; it swallows everything under `--quiet`. */
function progressStream(terminal: Terminal): { write(text: string): unknown; isTTY: boolean; columns?: number } {
  const { columns } = terminal.stderr;
  return {
    write: (text) => terminal.quiet || terminal.stderr.write(text),
    isTTY: terminal.interactive,
    ...(columns === undefined ? {} : { columns }),
  };
}
