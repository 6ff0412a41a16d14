import { existsSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { CnnError, type Generator, type Module, type StateDict } from '@cnn/core';
import { findHead, freeze, replaceHead } from '@cnn/models';
import { loadPretrained } from '@cnn/models/node';
import type { ModelContext } from '../components/models.ts';
import type { NamedComponent } from '../config/component.ts';
import type { TransferConfig } from '../config/config.ts';
import { downloadProgressLine } from '../terminal/download-progress-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { buildModel } from './build-model.ts';
import { classCountOf } from './class-count-of.ts';
import { withoutTrainingState } from './load-trained-model.ts';
import { checkpointOf } from './locate-weights.ts';

export interface TransferContext extends ModelContext {
  readonly classCount: number;
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Builds the model with pretrained weights, gives it a head for the data's classes and freezes what is to stay, in the
 * order in which a notebook does: model, weights, new head (drawn from `context.generator`).
 *
 * @throws CnnError `network`, `missing-file`, `invalid-file` when the weights cannot be had; `state-mismatch` when they
 * belong to another model; `invalid-argument` for a pattern or a head that the model does not have.
 */
export async function buildTransferModel(
  component: NamedComponent,
  transfer: TransferConfig,
  context: TransferContext,
): Promise<Module> {
  const state = await readPretrained(transfer.weights, context);
  const classCount = classCountOf(state) ?? noMatrix(transfer.weights);
  const model = await buildModel(component, { ...context, classCount });
  try {
    model.loadStateDict(state);
    prepare(model, transfer, context);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Path of the layer that gives the logits. */
export function headOf(model: Module, { head }: TransferConfig): string {
  return head ?? findHead(model);
}

function prepare(model: Module, transfer: TransferConfig, context: { classCount: number; generator: Generator }): void {
  const head = headOf(model, transfer);
  replaceHead(model, context.classCount, { path: head, generator: context.generator });
  const patterns = transfer.freeze ?? ['**', `!${head}`];
  if (patterns.length > 0) freeze(model, patterns);
}

async function readPretrained(source: string, { terminal, signal }: TransferContext): Promise<StateDict> {
  const isPath = /[\\/]|\.(safetensors|pth?|bin)(\.gz)?$/.test(source) && !isAbsolute(source);
  const progress = downloadProgressLine(terminal);
  const path = isPath ? resolve(terminal.cwd, source) : source;
  const isRun = existsSync(path) && statSync(path).isDirectory();
  const { state } = await loadPretrained(isRun ? checkpointOf(path) : path, {
    onProgress: ({ url, receivedBytes, totalBytes }) =>
      progress({ file: source, url, receivedBytes, totalBytes: totalBytes ?? null }),
    ...(signal ? { signal } : {}),
  });
  return withoutTrainingState(state); // a checkpoint of an earlier run holds more than weights
}

function noMatrix(source: string): never {
  throw new CnnError('invalid-file', {
    where: source,
    expected: 'weights of a network that ends in a Linear',
    received: 'no matrix among them',
    remedy: 'Choose weights of a classifier',
  });
}
