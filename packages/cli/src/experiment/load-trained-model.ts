import type { Module, StateDict } from '@cnn/core';
import { Generator } from '@cnn/core';
import { readWeightsFile } from '@cnn/models/node';
import type { ModelContext } from '../components/models.ts';
import { buildModel } from './build-model.ts';
import type { LocatedWeights } from './locate-weights.ts';

/**
 * Builds the model of `config` and gives it the weights.
 *
 * @throws CnnError `invalid-file` for a damaged file; `state-mismatch` naming each key that does not fit.
 */
export async function loadTrainedModel(
  { path, config }: LocatedWeights,
  context: Omit<ModelContext, 'generator'>,
): Promise<Module> {
  const weights = withoutTrainingState(await readWeightsFile(path));
  const model = await buildModel(config.model, { ...context, generator: new Generator(config.seed) });
  try {
    model.loadStateDict(weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

/** A checkpoint also holds optimizer moments and the like, under names with a slash, which no parameter has. */
export function withoutTrainingState(weights: StateDict): StateDict {
  return new Map([...weights].filter(([name]) => !name.includes('/')));
}
