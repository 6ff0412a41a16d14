export { activateBackend } from './backend/activate-backend.ts';
export type { BackendDetails, BackendDriver, BackendName, PassedOverBackend } from './backend/backend-driver.ts';
export type { CapturedForward, CapturedOutput, CaptureResult, CapturingBackend } from './backend/capturing-backend.ts';
export { cpuBackend } from './backend/cpu-backend.ts';
export { type InferenceSession, inferenceSession } from './backend/inference-session.ts';
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
  type KernelSignature,
  type SgdUpdateAttrs,
} from './kernels/extension-kernels.ts';
export type { Metric, MetricBatch } from './metric/metric.ts';
export { EVALUATION, type ForwardContext, type LayerObserver } from './nn/forward-context.ts';
export { dropout } from './nn/functional/dropout.ts';
export { elu } from './nn/functional/elu.ts';
export { flatten } from './nn/functional/flatten.ts';
export { type GeluApproximation, gelu } from './nn/functional/gelu.ts';
export { leakyRelu } from './nn/functional/leaky-relu.ts';
export { adaptiveAvgPool2d, avgPool2d, maxPool2d } from './nn/functional/pooling.ts';
export { relu } from './nn/functional/relu.ts';
export { sigmoid } from './nn/functional/sigmoid.ts';
export { silu } from './nn/functional/silu.ts';
export { logSoftmax, softmax } from './nn/functional/softmax.ts';
export { tanh } from './nn/functional/tanh.ts';
export { Layer } from './nn/layer.ts';
export type { LayerDescription } from './nn/layer-description.ts';
export { withLayerPaths } from './nn/layer-paths.ts';
export { AdaptiveAvgPool2d, type AdaptiveSize } from './nn/layers/adaptive-avg-pool2d.ts';
export { AvgPool2d, type AvgPool2dOptions } from './nn/layers/avg-pool2d.ts';
export { BatchNormLayer, type BatchNormOptions } from './nn/layers/batch-norm-layer.ts';
export { BatchNorm1d } from './nn/layers/batch-norm1d.ts';
export { BatchNorm2d } from './nn/layers/batch-norm2d.ts';
export { ConvTranspose2d, type ConvTranspose2dOptions } from './nn/layers/conv-transpose2d.ts';
export { Conv2d, type Conv2dOptions } from './nn/layers/conv2d.ts';
export { Dropout } from './nn/layers/dropout.ts';
export { Dropout2d } from './nn/layers/dropout2d.ts';
export { ELU } from './nn/layers/elu.ts';
export { Flatten } from './nn/layers/flatten.ts';
export { GELU } from './nn/layers/gelu.ts';
export { GroupNorm, type GroupNormOptions } from './nn/layers/group-norm.ts';
export { Identity } from './nn/layers/identity.ts';
export { LayerNorm, type LayerNormOptions } from './nn/layers/layer-norm.ts';
export { LeakyReLU } from './nn/layers/leaky-relu.ts';
export { Linear, type LinearOptions } from './nn/layers/linear.ts';
export { LogSoftmax } from './nn/layers/log-softmax.ts';
export { MaxPool2d, type MaxPool2dOptions } from './nn/layers/max-pool2d.ts';
export { PoolingLayer, type PoolingOptions } from './nn/layers/pooling-layer.ts';
export { ReLU } from './nn/layers/relu.ts';
export { Sigmoid } from './nn/layers/sigmoid.ts';
export { SiLU } from './nn/layers/silu.ts';
export { Softmax } from './nn/layers/softmax.ts';
export { Tanh } from './nn/layers/tanh.ts';
export { withMetaDevice } from './nn/meta-device.ts';
export { Module, type StateDictMismatch } from './nn/module.ts';
export { Parameter, type ParameterLayout } from './nn/parameter.ts';
export { Sequential } from './nn/sequential.ts';
export { StateBuffer } from './nn/state-buffer.ts';
export { StateCounter } from './nn/state-counter.ts';
export type { HostTensor, StateDict, StateEntry } from './nn/state-entry.ts';
export { torchShape } from './nn/torch-shape.ts';
export { ambientGenerator, manualSeed, withGenerator } from './random/ambient-generator.ts';
export { Generator, type GeneratorState } from './random/generator.ts';
export type { Pair, PairOption } from './shape/pair.ts';
export {
  IMAGE_PIXEL,
  type LayerWindow,
  type ReceptiveField,
  receptiveField,
  receptiveFieldAfter,
  type SeenRegion,
  seenRegion,
} from './shape/receptive-field.ts';
export { type TransposedAxis, transposedOutputFormula, transposedOutputSize } from './shape/transposed-axis.ts';
export {
  ceilAxis,
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
