import { type FitOptions, weightAverage } from '@cnn/trainer';
import { comparableConfig } from '../config/comparable-config.ts';
import type { Experiment } from './assemble-experiment.ts';

/**
 * What the trainer is given for an experiment, wherever it runs. A caller adds what differs: callbacks, a store, what
 * stops it; and may train something else in place of the model and its data.
 */
export function experimentFitOptions(experiment: Experiment): FitOptions {
  const { config, model, loaders, loss, optimizer, schedule, metrics, generator } = experiment;
  const { average, ...settings } = config.trainer;
  return {
    ...settings,
    average: average && weightAverage(average),
    model,
    data: loaders.train,
    validation: loaders.validation,
    loss,
    optimizer,
    schedule,
    metrics,
    seed: config.seed,
    generators: { data: generator },
    config: comparableConfig(config),
  };
}
