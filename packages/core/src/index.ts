export type { BackendDetails, BackendDriver, BackendName } from './backend/backend-driver.ts';
export type { Batch, BatchSource, BatchSourceState, HostArray, JsonValue } from './data/batch.ts';
export type { Dataset, ImageShape, Sample } from './data/dataset.ts';
export { CnnError, type CnnErrorCode, type ErrorParts, formatErrorParts } from './errors/cnn-error.ts';
export {
  type AdamUpdateAttrs,
  type ExtensionKernels,
  extensionKernel,
  type SgdUpdateAttrs,
} from './kernels/extension-kernels.ts';
export type { Metric, MetricBatch } from './metric/metric.ts';
export { EVALUATION, type ForwardContext, type LayerObserver } from './nn/forward-context.ts';
export { Module, type StateDictMismatch } from './nn/module.ts';
export { Parameter, type ParameterLayout } from './nn/parameter.ts';
export type { HostTensor, StateDict, StateEntry } from './nn/state-entry.ts';
export { Generator, type GeneratorState } from './random/generator.ts';
