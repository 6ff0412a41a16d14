export { comparableConfig } from './config/comparable-config.ts';
export {
  assembleData,
  createLoaders,
  createTransform,
  type DataParts,
  type ExperimentLoaders,
  type OpenedData,
} from './experiment/assemble-data.ts';
export { type AssembleOptions, assembleExperiment, type Experiment } from './experiment/assemble-experiment.ts';
export { experimentFitOptions } from './experiment/experiment-fit-options.ts';
export { buildZooModel, type ModelBuilder, zooModelParameters } from './experiment/model-builder.ts';
export { preprocessingOf } from './experiment/preprocessing-of.ts';
