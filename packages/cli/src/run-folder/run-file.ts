import { readFile } from 'node:fs/promises';
import { CnnError, type JsonValue } from '@cnn/core';
import { decodeCheckpoint } from '@cnn/trainer';

/** A run in one file: a checkpoint, such as the demo saves and a run folder has among its `checkpoints`. */
export interface RunFile {
  readonly bytes: Uint8Array;
  /** Updates done. */
  readonly step: number;
  /** Such that the run can go on where it is: in an epoch that began with another batch size, with that. */
  readonly config: JsonValue;
}

/** True for a path that can only be a run. */
export const isRunFile = (path: string): boolean => path.endsWith('.safetensors');

/** Reads a run from its file. @throws CnnError `invalid-file`, named by `label`, when it is none that a command made. */
export async function readRunFile(path: string, label: string): Promise<RunFile> {
  const bytes = await readFile(path);
  const { run, data, config } = decodeCheckpoint(bytes, { where: label }).state;
  if (!isMapping(config) || !isMapping(config.data)) throw withoutConfig(label);
  const { batchSize = config.data.batchSize ?? null } = data.position ?? {};
  return { bytes, step: run.step, config: { ...config, data: { ...config.data, batchSize } } };
}

function isMapping(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutConfig(label: string): CnnError {
  return new CnnError('invalid-file', {
    where: label,
    expected: 'a run of cnn-cli or of the demo, with its configuration',
    received: 'a checkpoint without one',
    remedy: 'Go on with the program that wrote it, by `resume: true`',
  });
}
