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
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { NO_OPTIONS } from '../config/option.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';
import type { Terminal } from '../terminal/terminal.ts';
import {
  CHECKPOINT_OPTIONS,
  CONSOLE_OPTIONS,
  EARLY_STOPPING_OPTIONS,
  LEARNING_RATE_MONITOR_OPTIONS,
  MLFLOW_OPTIONS,
  NAN_GUARD_OPTIONS,
  TENSORBOARD_OPTIONS,
  TIME_LIMIT_OPTIONS,
} from './callback-options.ts';
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

/** Callbacks by the name that configs use. */
export const CALLBACKS: BuiltIns<CallbackContext, Callback> = {
  checkpoint: builtIn(CHECKPOINT_OPTIONS, ({ monitor, mode, ...options }, context) =>
    checkpoint({ ...options, ...monitoredMetric('checkpoint', { monitor, mode }, context) }),
  ),
  'early-stopping': builtIn(EARLY_STOPPING_OPTIONS, ({ monitor, mode, ...options }, context) =>
    earlyStopping({ ...options, ...monitoredMetric('early-stopping', { monitor, mode }, context) }),
  ),
  progress: builtIn(NO_OPTIONS, (_options, { terminal }) => progressBar({ stream: progressStream(terminal) })),
  console: builtIn(CONSOLE_OPTIONS, ({ format }, { terminal }) =>
    consoleLog({ format, print: (line) => terminal.print(line) }),
  ),
  csv: builtIn(NO_OPTIONS, (_options, { runDir }) => csv({ file: textFile(join(runDir, 'metrics.csv')) })),
  'json-lines': builtIn(NO_OPTIONS, (_options, { runDir }) =>
    jsonLines({ file: textFile(join(runDir, 'metrics.jsonl')) }),
  ),
  'learning-rate-monitor': builtIn(LEARNING_RATE_MONITOR_OPTIONS, (options) => learningRateMonitor(options)),
  'model-summary': builtIn(NO_OPTIONS, (_options, { model, input, terminal }) =>
    modelSummary({ text: renderSummary(summary(model, { input })), print: (text) => terminal.log(text) }),
  ),
  mlflow: builtIn(MLFLOW_OPTIONS, ({ runName, ...options }, { params }) =>
    mlflow({ ...options, params, ...(runName === null ? {} : { runName }) }),
  ),
  'nan-guard': builtIn(NAN_GUARD_OPTIONS, (options, { runDir }) =>
    nanGuard({ ...options, save: (dump) => writeFileAtomic(join(runDir, 'nan-dump.safetensors'), dump) }),
  ),
  tensorboard: builtIn(TENSORBOARD_OPTIONS, (options, { runDir, configText }) => {
    const file = textFile(join(runDir, eventFileName(runDir)));
    return tensorBoard({ ...options, file, texts: { config: `\`\`\`yaml\n${configText}\`\`\`` } });
  }),
  'time-limit': builtIn(TIME_LIMIT_OPTIONS, (options) => timeLimit(options)),
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
