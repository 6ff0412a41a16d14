import {
  CnnError,
  type GeneratorState,
  type JsonValue,
  readSafetensors,
  type StateDict,
  writeSafetensors,
} from '@cnn/core';
import type { TrainingDataState } from '../data/training-data.ts';
import type { OptimizerRates } from '../optimizers/parameter-group.ts';
import type { RunState } from '../run/run-state.ts';
import { fromExactJson, toExactJson } from './exact-json.ts';

/** Version of the layout below. A reader refuses others. */
const VERSION = 1;
const METADATA_KEY = 'cnn.checkpoint';

/** What of an optimizer's state is no tensor. */
export interface OptimizerState {
  /** One entry a group. */
  readonly rates: OptimizerRates;
  /** Updates done, by the parameter's name. */
  readonly steps: Readonly<Record<string, number>>;
}

/** What of a checkpoint is no tensor. */
export interface CheckpointState {
  /** Of the layout. */
  readonly version: number;
  /** Counters, measures and history. */
  readonly run: RunState;
  /** Position in the training data. */
  readonly data: TrainingDataState;
  /** By the names under which `fit` was given them. */
  readonly generators: Readonly<Record<string, GeneratorState>>;
  /** Rates of the groups, and updates done for each parameter, by the optimizer's name. */
  readonly optimizers: Readonly<Record<string, OptimizerState>>;
  /** One entry an optimizer. */
  readonly schedules: JsonValue;
  /** Updates of the weight average; null where the run keeps none. */
  readonly averageUpdates: number | null;
  /** By the callback's name. */
  readonly callbacks: Readonly<Record<string, JsonValue>>;
  /** What the run was configured with, for comparison at a resume. */
  readonly config: JsonValue;
}

/**
 * Everything that the next step of a run depends on. As a file: one safetensors file in which the weights that
 * evaluation used have PyTorch's names, so that any reader of safetensors takes them; everything else is under
 * `<kind>/...` and in the metadata.
 */
export interface Checkpoint {
  /** The state dict that evaluation used: the averaged weights where the run averages. */
  readonly weights: StateDict;
  /** `training/<name>` the weights in training where they differ, `<optimizer>/<slot>/<name>`, `callback/<name>/<key>`. */
  readonly extras: StateDict;
  /** What is no tensor. */
  readonly state: CheckpointState;
}

/** The file of a checkpoint. The same checkpoint gives the same bytes. */
export function encodeCheckpoint({
  weights,
  extras,
  state,
}: Omit<Checkpoint, 'state'> & { state: Omit<CheckpointState, 'version'> }): Uint8Array {
  const text = toExactJson({ version: VERSION, ...state });
  return writeSafetensors(new Map([...weights, ...extras]), { format: 'pt', [METADATA_KEY]: text });
}

/**
 * Reads a checkpoint's file.
 *
 * @param where Named in errors, for example the file's path.
 * @throws CnnError `invalid-file` when it is no checkpoint of a run, or one of another version.
 */
export function decodeCheckpoint(bytes: Uint8Array, { where = 'checkpoint' }: { where?: string } = {}): Checkpoint {
  const { tensors, metadata } = readSafetensors(bytes, { where });
  const text = metadata[METADATA_KEY];
  if (text === undefined) throw noCheckpoint(where, 'weights without the state of a run');
  const state = parseState(text, where);
  const isExtra = ([name]: [string, unknown]): boolean => name.includes('/');
  return {
    weights: new Map([...tensors].filter((entry) => !isExtra(entry))),
    extras: new Map([...tensors].filter(isExtra)),
    state,
  };
}

function parseState(text: string, where: string): CheckpointState {
  let parsed: unknown;
  try {
    parsed = fromExactJson(text);
  } catch (cause) {
    throw noCheckpoint(where, 'metadata that are no JSON', cause);
  }
  const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  if (version !== VERSION) throw noCheckpoint(where, `version ${version ?? 'unknown'}`);
  // Written by encodeCheckpoint of this version, which the line above made sure of.
  return parsed as CheckpointState;
}

function noCheckpoint(where: string, received: string, cause?: unknown): CnnError {
  return new CnnError(
    'invalid-file',
    {
      where,
      expected: `a checkpoint of a run, version ${VERSION}`,
      received,
      remedy: 'Resume from a file that the checkpoint callback wrote',
    },
    { cause },
  );
}

/** The entries of `tensors` whose names begin with `prefix`, by the rest of their names. */
export function withoutPrefix(tensors: StateDict, prefix: string): StateDict {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** `tensors` with `prefix` before each name. */
export function withPrefix(tensors: StateDict, prefix: string): StateDict {
  return new Map([...tensors].map(([name, tensor]) => [prefix + name, tensor]));
}
