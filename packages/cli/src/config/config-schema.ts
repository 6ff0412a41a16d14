import * as z from 'zod/mini';
import { CALLBACK_OPTIONS } from '../components/callback-options.ts';
import { DATASET_OPTIONS } from '../components/dataset-options.ts';
import { LOSSES } from '../components/losses.ts';
import { METRICS } from '../components/metrics.ts';
import { MODELS } from '../components/models.ts';
import { OPTIMIZERS } from '../components/optimizers.ts';
import { SCHEDULES } from '../components/schedules.ts';
import { listedComponent, namedComponent } from './component.ts';
import type { Config, TrainerConfig, TransferConfig } from './config.ts';
import { type JsonSchema, jsonSchemaDefinitions } from './json-schema.ts';
import { jsonSchemaOf } from './json-schema-of.ts';
import { COUNT, described, number, option, orNull, TEXT, whole } from './option.ts';

const limit = orNull(COUNT);
const positive = number({ above: 0 });
const patterns = z.array(TEXT);

const trainerSchema: z.ZodMiniType<TrainerConfig> = z.prefault(
  z.strictObject({
    epochs: option(COUNT, 5, 'passes over the training set'),
    maxSteps: orNull(COUNT, 'stop after so many updates'),
    logEverySteps: option(COUNT, 100, 'write a step event to metrics.jsonl so often'),
    gradientClip: orNull(
      z.union([positive, z.strictObject({ norm: positive }), z.strictObject({ value: positive })]),
      'greatest norm of all gradients together, or { norm } or { value }',
    ),
    accumulate: option(COUNT, 1, 'batches that make one update together'),
    fastDevRun: option(
      z.union([z.boolean(), COUNT]),
      false,
      'run so many batches (true: 1) of each part to see that everything works',
    ),
    overfitBatches: option(whole({ min: 0 }), 0, 'train on the same first batches again and again; 0: on all'),
    sanityBatches: option(whole({ min: 0 }), 0, 'batches of validation before the first step'),
    limits: described(
      z.prefault(z.strictObject({ train: limit, validation: limit, test: limit }), {}),
      'batches after which an epoch or an evaluation ends; null: all',
    ),
    average: orNull(
      z.strictObject({
        decay: option(number({ min: 0, below: 1 }), 0.999, 'share of the average that each step keeps'),
        warmUp: option(z.boolean(), false, 'start with less'),
      }),
      'evaluate an exponential moving average of the weights',
    ),
  }),
  {},
);

const transferSchema: z.ZodMiniType<TransferConfig> = z.strictObject({
  weights: described(TEXT, 'resnet18, resnet34, or a file or run folder relative to the working folder'),
  head: orNull(TEXT, 'layer that is replaced; null: the last Linear'),
  freeze: orNull(patterns, 'paths that are frozen; null: everything but the head'),
  stages: option(
    z.array(z.strictObject({ epoch: COUNT, unfreeze: z.union([TEXT, patterns]) })),
    [],
    'what thaws before which epoch',
  ),
  cacheFeatures: option(
    z.enum(['auto', 'memory', 'disk', 'off']),
    'auto',
    'where the features of a frozen backbone are kept',
  ),
});

/** What a config may hold, with its defaults. Validation gives a resolved config. */
export const configSchema: z.ZodMiniType<Config> = z.strictObject({
  name: option(
    z.string().check(z.regex(/^[\w][\w.-]*$/)),
    'run',
    "names the run's folder: letters, digits, dots and dashes",
  ),
  seed: option(whole({ min: 0, max: 0xffffffff }), 0, 'same weights and order as torch.manual_seed(seed)'),
  backend: option(
    z.enum(['auto', 'simd', 'wasm', 'cpu', 'webgl', 'webgpu', 'node', 'node-gpu']),
    'auto',
    'what computes',
  ),
  threads: option(z.union([z.literal('auto'), COUNT]), 'auto', 'threads of the backend'),
  featureLevel: option(
    z.enum(['auto', 'simd', 'relaxed']),
    'auto',
    "of simd: results are the same to the last bit within a level; auto takes the engine's best",
  ),
  data: z.prefault(namedComponent(DATASET_OPTIONS, { what: 'data set', modules: true, fallback: 'mnist' }), {}),
  model: namedComponent(MODELS, { what: 'model', modules: true }),
  transfer: orNull(transferSchema, 'begin with weights that were trained on something else'),
  loss: z.prefault(namedComponent(LOSSES, { what: 'loss', fallback: 'cross-entropy' }), {}),
  optimizer: z.prefault(namedComponent(OPTIMIZERS, { what: 'optimizer', fallback: 'adam' }), {}),
  schedule: orNull(namedComponent(SCHEDULES, { what: 'schedule' })),
  trainer: trainerSchema,
  metrics: described(
    z.prefault(z.array(listedComponent(METRICS, { what: 'metric' })), ['accuracy', 'precision', 'recall', 'f1']),
    'computed on the validation and test sets, beside the loss',
  ),
  callbacks: described(
    z.prefault(z.array(listedComponent(CALLBACK_OPTIONS, { what: 'callback', modules: true })), ['checkpoint']),
    'what watches and steers the run',
  ),
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
