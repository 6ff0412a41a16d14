import { z } from 'zod';
import { CALLBACK_OPTIONS } from '../components/callback-options.ts';
import { DATASET_OPTIONS } from '../components/dataset-options.ts';
import { LOSSES } from '../components/losses.ts';
import { METRICS } from '../components/metrics.ts';
import { MODELS } from '../components/models.ts';
import { OPTIMIZERS } from '../components/optimizers.ts';
import { SCHEDULES } from '../components/schedules.ts';
import { jsonSchemaOf, listedComponent, namedComponent } from './component.ts';
import type { Config, TrainerConfig, TransferConfig } from './config.ts';
import { type JsonSchema, jsonSchemaDefinitions } from './json-schema.ts';

const count = z.int().min(1);
const limit = count.nullable().default(null);
const patterns = z.array(z.string().min(1));

const trainerSchema: z.ZodType<TrainerConfig> = z
  .strictObject({
    epochs: count.default(5).describe('passes over the training set'),
    maxSteps: count.nullable().default(null).describe('stop after so many updates'),
    logEverySteps: count.default(100).describe('write a step event to metrics.jsonl so often'),
    gradientClip: z
      .union([
        z.number().positive(),
        z.strictObject({ norm: z.number().positive() }),
        z.strictObject({ value: z.number().positive() }),
      ])
      .nullable()
      .default(null)
      .describe('greatest norm of all gradients together, or { norm } or { value }'),
    accumulate: count.default(1).describe('batches that make one update together'),
    fastDevRun: z
      .union([z.boolean(), count])
      .default(false)
      .describe('run so many batches (true: 1) of each part to see that everything works'),
    overfitBatches: z.int().min(0).default(0).describe('train on the same first batches again and again; 0: on all'),
    sanityBatches: z.int().min(0).default(0).describe('batches of validation before the first step'),
    limits: z
      .strictObject({ train: limit, validation: limit, test: limit })
      .prefault({})
      .describe('batches after which an epoch or an evaluation ends; null: all'),
    average: z
      .strictObject({
        decay: z.number().min(0).lt(1).default(0.999).describe('share of the average that each step keeps'),
        warmUp: z.boolean().default(false).describe('start with less'),
      })
      .nullable()
      .default(null)
      .describe('evaluate an exponential moving average of the weights'),
  })
  .prefault({});

const transferSchema: z.ZodType<TransferConfig> = z.strictObject({
  weights: z.string().min(1).describe('resnet18, resnet34, or a file or run folder relative to the working folder'),
  head: z.string().min(1).nullable().default(null).describe('layer that is replaced; null: the last Linear'),
  freeze: patterns.nullable().default(null).describe('paths that are frozen; null: everything but the head'),
  stages: z
    .array(z.strictObject({ epoch: count, unfreeze: z.union([z.string().min(1), patterns]) }))
    .default([])
    .describe('what thaws before which epoch'),
  cacheFeatures: z
    .enum(['auto', 'memory', 'disk', 'off'])
    .default('auto')
    .describe('where the features of a frozen backbone are kept'),
});

/** What a config may hold, with its defaults. Validation gives a resolved config. */
export const configSchema: z.ZodType<Config> = z.strictObject({
  name: z
    .string()
    .regex(/^[\w][\w.-]*$/)
    .default('run')
    .describe("names the run's folder: letters, digits, dots and dashes"),
  seed: z.int().min(0).max(0xffffffff).default(0).describe('same weights and order as torch.manual_seed(seed)'),
  backend: z
    .enum(['auto', 'simd', 'wasm', 'cpu', 'webgl', 'webgpu', 'node', 'node-gpu'])
    .default('auto')
    .describe('what computes'),
  threads: z
    .union([z.literal('auto'), count])
    .default('auto')
    .describe('threads of the backend'),
  data: namedComponent(DATASET_OPTIONS, { what: 'data set', modules: true, fallback: 'mnist' }).prefault({}),
  model: namedComponent(MODELS, { what: 'model', modules: true }),
  transfer: transferSchema.nullable().default(null).describe('begin with weights that were trained on something else'),
  loss: namedComponent(LOSSES, { what: 'loss', fallback: 'cross-entropy' }).prefault({}),
  optimizer: namedComponent(OPTIMIZERS, { what: 'optimizer', fallback: 'adam' }).prefault({}),
  schedule: namedComponent(SCHEDULES, { what: 'schedule' }).nullable().default(null),
  trainer: trainerSchema,
  metrics: z
    .array(listedComponent(METRICS, { what: 'metric' }))
    .prefault(['accuracy', 'precision', 'recall', 'f1'])
    .describe('computed on the validation and test sets, beside the loss'),
  callbacks: z
    .array(listedComponent(CALLBACK_OPTIONS, { what: 'callback', modules: true }))
    .prefault(['checkpoint'])
    .describe('what watches and steers the run'),
});

let jsonSchema: JsonSchema | undefined;

/** The config's JSON Schema, for editors and for messages. */
export function configJsonSchema(): JsonSchema {
  jsonSchema ??= {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'cnn-cli config',
    ...jsonSchemaOf(configSchema),
    $defs: jsonSchemaDefinitions(),
  };
  return jsonSchema;
}
