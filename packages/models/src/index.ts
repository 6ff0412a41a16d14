export { type ByteCache, browserByteCache } from './cache/byte-cache.ts';
export { type SaliencyOptions, saliency } from './explain/saliency.ts';
export { type ExportSafetensorsOptions, exportSafetensors } from './export/export-safetensors.ts';
export { type ExportOnnxOptions, exportOnnx } from './export/onnx/export-onnx.ts';
export { type Preprocessing, readPreprocessing } from './export/preprocessing.ts';
export { type ExportTfjsOptions, exportTfjs, type TfjsGraphModel } from './export/tfjs/export-tfjs.ts';
export type { TraceOptions } from './export/trace/trace-graph.ts';
export type { DownloadWeightsOptions, WeightsProgress } from './pretrained/download-weights.ts';
export { type FetchPretrainedOptions, fetchPretrained, type PretrainedWeights } from './pretrained/fetch-pretrained.ts';
export {
  PRETRAINED_ENTRIES,
  type PretrainedEntry,
  pretrainedEntry,
  type WeightsSource,
} from './pretrained/pretrained-entry.ts';
export { BasicBlock, type BasicBlockOptions } from './resnet/basic-block.ts';
export { IMAGENET_PREPROCESSING } from './resnet/imagenet-preprocessing.ts';
export { ResNet, type ResNetDepths } from './resnet/resnet.ts';
export { ResNet18 } from './resnet/resnet18.ts';
export { ResNet34 } from './resnet/resnet34.ts';
export { LAYER_KINDS, type LayerKind } from './sequential/layer-kinds.ts';
export type { LayerOption, LayerOptions, LayerOptionType } from './sequential/layer-option.ts';
export type { LayerSpec, NamedLayerSpec } from './sequential/layer-spec.ts';
export {
  type PlannedLayer,
  planSequential,
  type SequentialOptions,
  type SequentialPlan,
} from './sequential/plan-sequential.ts';
export { sequential } from './sequential/sequential.ts';
export type { LayerSummary, ModelSummary } from './summary/model-summary.ts';
export { type RenderSummaryOptions, renderSummary } from './summary/render-summary.ts';
export { type SummaryOptions, summary } from './summary/summary.ts';
export { type CachedFeatures, type CacheFeaturesOptions, cacheFeatures } from './transfer/cache-features.ts';
export { type FeatureCacheConditions, featureCacheObstacle } from './transfer/feature-cache-obstacle.ts';
export { FeatureDataset } from './transfer/feature-dataset.ts';
export { FeatureHead } from './transfer/feature-head.ts';
export { freeze, isFrozen, unfreeze } from './transfer/freeze.ts';
export { ModelBehindBackbone } from './transfer/model-behind-backbone.ts';
export { type MatchedParameterGroup, type ParameterGroupRule, parameterGroups } from './transfer/parameter-groups.ts';
export { type PathPatterns, pathMatcher } from './transfer/path-pattern.ts';
export { findHead, type ReplaceHeadOptions, replaceHead } from './transfer/replace-head.ts';
export {
  type StagedUnfreezing,
  stagedUnfreezing,
  type UnfreezingRun,
  type UnfreezingStage,
} from './transfer/staged-unfreezing.ts';
export { stateHash } from './transfer/state-hash.ts';
export type { ReadLimits } from './weights/read-limits.ts';
export { openWeights, type ReadWeightsOptions, readWeights, type WeightsFile } from './weights/read-weights.ts';
export { sniffWeightsFormat, type WeightsFormat } from './weights/sniff-weights-format.ts';
export { BasicCnn } from './zoo/basic-cnn.ts';
export type { ClassifierOptions } from './zoo/classifier-options.ts';
export { type CreateModelOptions, createModel, type ModelSource, modelEntry, modelNames } from './zoo/create-model.ts';
export { LeNet5 } from './zoo/lenet5.ts';
export { Mlp, type MlpOptions } from './zoo/mlp.ts';
export type { ModelName } from './zoo/model-entries.ts';
export type { InputShape, ModelEntry, ModelOptions } from './zoo/model-entry.ts';
export { SimpleCnn64 } from './zoo/simple-cnn-64.ts';
export { SimpleCnn128 } from './zoo/simple-cnn-128.ts';
export { TinyCnn } from './zoo/tiny-cnn.ts';
export { TwoBlockCnn } from './zoo/two-block-cnn.ts';
