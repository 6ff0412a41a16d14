import type { ConsoleFormatName } from '@cnn/trainer';
import * as z from 'zod/mini';
import type { OptionSchemas } from '../config/component.ts';
import { COUNT, described, NO_OPTIONS, number, option, orNull, TEXT, whole } from '../config/option.ts';

/** A metric to watch; null: the one that the run monitors. */
interface MonitoredOptions {
  readonly monitor: string | null;
  readonly mode: 'min' | 'max' | null;
}

/** Options of `checkpoint` in a config. */
export interface CheckpointCallbackOptions extends MonitoredOptions {
  readonly best: boolean;
  readonly everySteps: number | null;
  readonly everyMinutes: number | null;
  readonly topK: number;
  readonly fileName: string;
}

/** Options of `early-stopping` in a config. */
export interface EarlyStoppingCallbackOptions extends MonitoredOptions {
  readonly monitor: string;
  readonly patience: number;
  readonly minDelta: number;
  readonly cooldown: number;
}

/** Options of `mlflow` in a config. */
export interface MlflowCallbackOptions {
  readonly trackingUri: string;
  readonly experiment: string;
  readonly runName: string | null;
}

const monitored = {
  monitor: orNull(TEXT, 'metric to watch, such as validation.accuracy'),
  mode: orNull(z.enum(['min', 'max']), 'whether less or more is better; null: by its name'),
};
const CONSOLE_FORMATS = [
  'plain',
  'notebook-000',
  'notebook-001',
  'notebook-002',
  'notebook-003',
  'notebook-004',
] as const;

export const CHECKPOINT_OPTIONS: z.ZodMiniType<CheckpointCallbackOptions> = z.strictObject({
  ...monitored,
  best: option(z.boolean(), true, 'keep the best epoch as best.safetensors'),
  everySteps: orNull(COUNT, 'also write last.safetensors after every so many steps'),
  everyMinutes: orNull(number({ above: 0 }), 'also write it every so many minutes'),
  topK: option(whole({ min: 0 }), 0, 'keep the best so many epochs under names of their own'),
  fileName: option(TEXT, 'epoch-{epoch}-step-{step}.safetensors', 'pattern of those names'),
});

export const EARLY_STOPPING_OPTIONS: z.ZodMiniType<EarlyStoppingCallbackOptions> = z.strictObject({
  ...monitored,
  monitor: option(TEXT, 'validation.loss', 'metric to watch'),
  patience: option(whole({ min: 0 }), 3, 'epochs without improvement after which the run stops'),
  minDelta: option(number({ min: 0 }), 0, 'what counts as an improvement must be larger'),
  cooldown: option(whole({ min: 0 }), 0, 'epochs after an improvement that do not count'),
});

export const CONSOLE_OPTIONS: z.ZodMiniType<{ readonly format: ConsoleFormatName }> = z.strictObject({
  format: option(z.enum(CONSOLE_FORMATS), 'plain', "as one of the notebooks' prints"),
});

export const LEARNING_RATE_MONITOR_OPTIONS: z.ZodMiniType<{ readonly announce: boolean }> = z.strictObject({
  announce: option(z.boolean(), true, 'say each change'),
});

export const MLFLOW_OPTIONS: z.ZodMiniType<MlflowCallbackOptions> = z.strictObject({
  trackingUri: described(z.url(), 'of the server, such as http://localhost:5000'),
  experiment: option(TEXT, 'Default', 'made where there is none of that name'),
  runName: orNull(TEXT),
});

export const NAN_GUARD_OPTIONS: z.ZodMiniType<{ readonly everyStep: boolean }> = z.strictObject({
  everyStep: option(z.boolean(), false, 'look into every layer of every step: slow, and exact'),
});

export const TENSORBOARD_OPTIONS: z.ZodMiniType<{ readonly histograms: boolean }> = z.strictObject({
  histograms: option(z.boolean(), false, 'of all parameters after each epoch'),
});

export const TIME_LIMIT_OPTIONS: z.ZodMiniType<{ readonly minutes: number }> = z.strictObject({
  minutes: described(number({ above: 0 }), 'stop after so long'),
});

/** Options of every callback by the name that configs use. What is made of them needs a run folder: see `CALLBACKS`. */
export const CALLBACK_OPTIONS: OptionSchemas = {
  checkpoint: { schema: CHECKPOINT_OPTIONS },
  'early-stopping': { schema: EARLY_STOPPING_OPTIONS },
  progress: { schema: NO_OPTIONS },
  console: { schema: CONSOLE_OPTIONS },
  csv: { schema: NO_OPTIONS },
  'json-lines': { schema: NO_OPTIONS },
  'learning-rate-monitor': { schema: LEARNING_RATE_MONITOR_OPTIONS },
  'model-summary': { schema: NO_OPTIONS },
  mlflow: { schema: MLFLOW_OPTIONS },
  'nan-guard': { schema: NAN_GUARD_OPTIONS },
  tensorboard: { schema: TENSORBOARD_OPTIONS },
  'time-limit': { schema: TIME_LIMIT_OPTIONS },
};
