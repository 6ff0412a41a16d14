import { readFile } from 'node:fs/promises';
import type { JsonValue } from '@cnn/core';
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

/** Reads a run from its file. @throws CnnError `invalid-file`, named by `label`, when it is none. */
export async function readRunFile(path: string, label: string): Promise<RunFile> {
  const bytes = await readFile(path);
  const { run, data, config } = decodeCheckpoint(bytes, { where: label }).state;
  const batchSize = data.position?.batchSize;
  return { bytes, step: run.step, config: batchSize === undefined ? config : withBatchSize(config, batchSize) };
}

function withBatchSize(config: JsonValue, batchSize: JsonValue): JsonValue {
  const { data, ...rest } = config as { data: { [key: string]: JsonValue } };
  return { ...rest, data: { ...data, batchSize } };
}
