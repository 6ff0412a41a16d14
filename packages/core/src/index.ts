export { activateBackend } from './backend/activate-backend.ts';
export type { BackendDetails, BackendDriver, BackendName, PassedOverBackend } from './backend/backend-driver.ts';
export { cpuBackend } from './backend/cpu-backend.ts';
export { nodeBackend, nodeGpuBackend } from './backend/node-backend.ts';
export { type ProbeFailure, probeBackend } from './backend/probe-backend.ts';
export { type SelectBackendOptions, selectBackend } from './backend/select-backend.ts';
export { type WasmBackendOptions, wasmBackend } from './backend/wasm-backend.ts';
export { webglBackend } from './backend/webgl-backend.ts';
export { webgpuBackend } from './backend/webgpu-backend.ts';
export type { Batch, BatchSource, BatchSourceState, HostArray, JsonValue } from './data/batch.ts';
export type { Dataset, ImageShape, Sample } from './data/dataset.ts';
export { CnnError, type CnnErrorCode, type ErrorParts, formatErrorParts } from './errors/cnn-error.ts';
export { nameDistance, nearestName } from './errors/nearest-name.ts';
export { registerGradients } from './gradients/register-gradients.ts';
export { type Fan, fanOf } from './init/fan.ts';
export { defaultBias, defaultWeight, type KaimingOptions, kaimingNormal, kaimingUniform } from './init/kaiming.ts';
export {
  type AdamUpdateAttrs,
  type ExtensionKernels,
  extensionKernel,
  type SgdUpdateAttrs,
} from './kernels/extension-kernels.ts';
export type { Metric, MetricBatch } from './metric/metric.ts';
export { EVALUATION, type ForwardContext, type LayerObserver } from './nn/forward-context.ts';
export { flatten } from './nn/functional/flatten.ts';
export { relu } from './nn/functional/relu.ts';
export { Layer } from './nn/layer.ts';
export type { LayerDescription, LayerWindow } from './nn/layer-description.ts';
export { Conv2d, type Conv2dOptions } from './nn/layers/conv2d.ts';
export { Flatten } from './nn/layers/flatten.ts';
export { Linear, type LinearOptions } from './nn/layers/linear.ts';
export { MaxPool2d, type MaxPool2dOptions } from './nn/layers/max-pool2d.ts';
export { ReLU } from './nn/layers/relu.ts';
export { Module, type StateDictMismatch } from './nn/module.ts';
export { Parameter, type ParameterLayout } from './nn/parameter.ts';
export { Sequential } from './nn/sequential.ts';
export type { HostTensor, StateDict, StateEntry } from './nn/state-entry.ts';
export { torchShape } from './nn/torch-shape.ts';
export { ambientGenerator, manualSeed, withGenerator } from './random/ambient-generator.ts';
export { Generator, type GeneratorState } from './random/generator.ts';
export type { Pair, PairOption } from './shape/pair.ts';
export {
  ceilOutputSize,
  convOutputSize,
  outputSizeFormula,
  type WindowAxis,
  windowSpan,
} from './shape/window-axis.ts';
export { float32Values } from './weights/float32-values.ts';
export { fromBfloat16Bits, fromFloat16Bits, toBfloat16Bits, toFloat16Bits } from './weights/half-floats.ts';
export { readSafetensors, type SafetensorsFile } from './weights/read-safetensors.ts';
export {
  parseSafetensorsHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from './weights/safetensors-header.ts';
export { writeSafetensors } from './weights/write-safetensors.ts';
