import type { BackendDetails } from '@cnn/core';
import type { Config } from '../config/config.ts';
import { downloadProgressLine } from '../terminal/download-progress-line.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { assembleExperiment, type Experiment } from './assemble-experiment.ts';
import { buildModel } from './build-model.ts';
import { openData } from './open-data.ts';
import { buildTransferModel } from './transfer-model.ts';
import { useBackend } from './use-backend.ts';

/** An experiment on the backend that its config asks for. */
export interface BuiltExperiment extends Experiment {
  readonly backend: BackendDetails;
}

export interface BuildOptions {
  readonly terminal: Terminal;
  readonly signal?: AbortSignal | undefined;
  /** What a run that is resumed was computed with so far. */
  readonly begunWith?: BackendDetails | undefined;
}

/**
 * Chooses the backend, opens the data, and makes all else that a config names.
 *
 * @throws CnnError before the first batch for everything that can be known before it.
 */
export async function buildExperiment(
  config: Config,
  { terminal, signal, begunWith }: BuildOptions,
): Promise<BuiltExperiment> {
  const backend = await useBackend(config, { terminal, begunWith });
  const data = await openData(config, { cwd: terminal.cwd, onProgress: downloadProgressLine(terminal), signal });
  const { transfer } = config;
  const experiment = await assembleExperiment(config, data, {
    buildModel: (component, context) =>
      transfer
        ? buildTransferModel(component, transfer, { ...context, terminal, signal })
        : buildModel(component, context),
  });
  return { ...experiment, backend };
}
