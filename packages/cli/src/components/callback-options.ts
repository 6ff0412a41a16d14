import type { ConsoleFormatName } from '@cnn/trainer';
import { z } from 'zod';
import type { OptionSchemas } from '../config/component.ts';

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

export const NO_OPTIONS: z.ZodType<Record<string, never>> = z.strictObject({});

export const CHECKPOINT_OPTIONS: z.ZodType<CheckpointCallbackOptions> = z.strictObject({
  ...monitored,
  best: z.boolean().default(true).describe('keep the best epoch as best.safetensors'),
  everySteps: count.nullable().default(null).describe('also write last.safetensors after every so many steps'),
  everyMinutes: z.number().positive().nullable().default(null).describe('also write it every so many minutes'),
  topK: z.int().min(0).default(0).describe('keep the best so many epochs under names of their own'),
  fileName: z.string().min(1).default('epoch-{epoch}-step-{step}.safetensors').describe('pattern of those names'),
});

export const EARLY_STOPPING_OPTIONS: z.ZodType<EarlyStoppingCallbackOptions> = z.strictObject({
  ...monitored,
  monitor: z.string().min(1).default('validation.loss').describe('metric to watch'),
  patience: z.int().min(0).default(3).describe('epochs without improvement after which the run stops'),
  minDelta: z.number().min(0).default(0).describe('what counts as an improvement must be larger'),
  cooldown: z.int().min(0).default(0).describe('epochs after an improvement that do not count'),
});

export const CONSOLE_OPTIONS: z.ZodType<{ readonly format: ConsoleFormatName }> = z.strictObject({
  format: z.enum(CONSOLE_FORMATS).default('plain').describe("as one of the notebooks' prints"),
});

export const LEARNING_RATE_MONITOR_OPTIONS: z.ZodType<{ readonly announce: boolean }> = z.strictObject({
  announce: z.boolean().default(true).describe('say each change'),
});

export const MLFLOW_OPTIONS: z.ZodType<MlflowCallbackOptions> = z.strictObject({
  trackingUri: z.url().describe('of the server, such as http://localhost:5000'),
  experiment: z.string().min(1).default('Default').describe('made where there is none of that name'),
  runName: z.string().min(1).nullable().default(null),
});

export const NAN_GUARD_OPTIONS: z.ZodType<{ readonly everyStep: boolean }> = z.strictObject({
  everyStep: z.boolean().default(false).describe('look into every layer of every step: slow, and exact'),
});

export const TENSORBOARD_OPTIONS: z.ZodType<{ readonly histograms: boolean }> = z.strictObject({
  histograms: z.boolean().default(false).describe('of all parameters after each epoch'),
});

export const TIME_LIMIT_OPTIONS: z.ZodType<{ readonly minutes: number }> = z.strictObject({
  minutes: z.number().positive().describe('stop after so long'),
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
