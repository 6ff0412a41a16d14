// Every export is a kernel `name(...arguments, begin, end)`: it computes the tasks [begin, end) of its job and writes
// nothing that another task writes, so that any split among threads gives the same bits.
export { setScratch } from './scratch';
export { relu, reluGrad } from './elementwise/relu';
export { packPanels } from './tile/pack-panels';
export { convolve } from './conv/convolve';
export { convFilterGradient, sumPartials } from './conv/filter-gradient';
export { winogradFilterGradient, winogradFilterGradientSum } from './conv/winograd-filter-gradient';
export { multiply } from './matmul/multiply';
export { maxPool, maxPoolGrad } from './pool/max-pool';
export { avgPool, avgPoolGrad } from './pool/avg-pool';
export {
  abs,
  elu,
  exp,
  leakyRelu,
  log,
  neg,
  relu6,
  rsqrt,
  sigmoid,
  sqrt,
  square,
  step,
  tanh,
} from './elementwise/unary';
export { addN } from './elementwise/add-n';
export { floatFromBool, floatFromInt, intFromBool, intFromFloat } from './elementwise/cast';
export { fill } from './elementwise/fill';
export { binaryFlat, binaryRows } from './binary/binary';
export { reduceColumns, reduceRows } from './reduction/reduce';
export { argExtreme } from './reduction/arg-extreme';
export { logSoftmax, softmax } from './softmax/softmax';
export { batchNormInputGradient, channelAffine } from './normalize/batch-norm';
export { chunkGradientSums, chunkMoments, combineGradientSums, combineMoments } from './normalize/channel-moments';
export { copyStrided } from './rearrange/copy-strided';
export { gatherRows } from './rearrange/gather-rows';
export { transposeMatrices } from './rearrange/transpose-matrices';
export { resizeBilinear, resizeBilinearGrad } from './image/resize-bilinear';
export { transposeMatrix } from './tile/transpose';
export { convolveAndPool } from './conv/convolve-and-pool';
export { sparseSum, sparseToDense } from './sparse/scatter';
export { sparseFilterGradient } from './sparse/filter-gradient';
export { sparseInputGradient } from './sparse/input-gradient';
export { adamUpdate, sgdUpdate } from './optimizer/update';
export { crossEntropyRows, meanInOrder } from './loss/cross-entropy';
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from './depthwise/depthwise';
export { winogradWeights } from './conv/winograd';
export { multiplyFewByColumns, multiplyFewByRows } from './matmul/multiply-few';
