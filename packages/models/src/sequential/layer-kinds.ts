import {
  AdaptiveAvgPool2d,
  AvgPool2d,
  BatchNorm1d,
  BatchNorm2d,
  Conv2d,
  ConvTranspose2d,
  Dropout,
  Dropout2d,
  ELU,
  Flatten,
  GELU,
  GroupNorm,
  Identity,
  type Layer,
  LayerNorm,
  LeakyReLU,
  Linear,
  LogSoftmax,
  MaxPool2d,
  ReLU,
  Sigmoid,
  SiLU,
  Softmax,
  Tanh,
} from '@cnn/core';
import type { LayerOption, LayerOptionReader, LayerOptions } from './layer-option.ts';

/** What is known of a layer before it is built. */
export interface LayerKind {
  /** What it does, in one line. */
  readonly title: string;
  /** What it takes: images `[N, C, H, W]`, features `[N, F]`, or both. */
  readonly takes: 'images' | 'features' | 'both';
  /** Its options by name. */
  readonly options: LayerOptions;
  /**
   * Builds the layer; its parameters are drawn from the ambient generator.
   *
   * @throws CnnError `invalid-argument` for an option that is missing or no legal value.
   * @param inputShape Of what reaches it, in PyTorch's order: it tells channels and features.
   */
  create(options: LayerOptionReader, inputShape: readonly number[]): Layer;
}

const outChannels: LayerOption = { type: 'count', description: 'kernels, each giving one map' };
const kernelSize: LayerOption = { type: 'pair', description: 'side of the window in pixels' };
const stride: LayerOption = { type: 'pair', default: 1, description: 'pixels from one window to the next' };
const dilation: LayerOption = { type: 'pair', default: 1, description: 'distance between the pixels of a window' };
const groups: LayerOption = { type: 'count', default: 1, description: 'blocks of channels that do not see each other' };
const bias: LayerOption = { type: 'flag', default: true, description: 'add a learned number to each output' };
const border: LayerOption = { type: 'pair', default: 0, description: 'pixels added on every side' };
const poolStride: LayerOption = { ...stride, default: null, description: `${stride.description}; null: kernelSize` };
const ceilMode: LayerOption = { type: 'flag', default: false, description: 'round the size up instead of down' };
const eps: LayerOption = { type: 'number', default: 1e-5, description: 'added to the variance' };
const affine: LayerOption = { type: 'flag', default: true, description: 'learn a scale and an offset' };
const p: LayerOption = { type: 'number', default: 0.5, description: 'part that is dropped' };
const dim: LayerOption = { type: 'count', default: 1, description: 'axis that sums to one' };
const batchNorm: LayerOptions = {
  eps,
  momentum: { type: 'number', default: 0.1, description: 'weight of the newest batch in the running statistics' },
  affine,
  trackRunningStats: { type: 'flag', default: true, description: 'keep running statistics for evaluation' },
};

/** An activation, which takes anything and has no options. */
function plain(title: string, create: () => Layer): LayerKind {
  return { title, takes: 'both', options: {}, create };
}

function batchNormOptions(o: LayerOptionReader) {
  const momentum = o.number('momentum');
  return { eps: o.number('eps'), momentum, affine: o.flag('affine'), trackRunningStats: o.flag('trackRunningStats') };
}

/** Layers that `sequential` builds, by the name that configs use. Options are named and preset as in PyTorch. */
export const LAYER_KINDS: Readonly<Record<string, LayerKind>> = {
  conv2d: {
    title: 'Convolution: kernels slide over the image',
    takes: 'images',
    options: {
      outChannels,
      kernelSize,
      stride,
      padding: { ...border, type: 'padding', description: `${border.description}; same keeps the size` },
      dilation,
      groups,
      bias,
    },
    create: (o, [, channels = 1]) =>
      new Conv2d(channels, o.count('outChannels'), o.pair('kernelSize'), {
        stride: o.pair('stride'),
        padding: o.padding('padding'),
        dilation: o.pair('dilation'),
        groups: o.count('groups'),
        bias: o.flag('bias'),
      }),
  },
  'conv-transpose2d': {
    title: 'Transposed convolution: makes images larger',
    takes: 'images',
    options: {
      outChannels,
      kernelSize,
      stride,
      padding: { ...border, description: 'pixels cut off on every side' },
      outputPadding: { ...border, description: 'pixels added behind the output' },
      groups,
      bias,
      dilation,
    },
    create: (o, [, channels = 1]) =>
      new ConvTranspose2d(channels, o.count('outChannels'), o.pair('kernelSize'), {
        stride: o.pair('stride'),
        padding: o.pair('padding'),
        outputPadding: o.pair('outputPadding'),
        groups: o.count('groups'),
        bias: o.flag('bias'),
        dilation: o.pair('dilation'),
      }),
  },
  'max-pool2d': {
    title: 'Max pooling: the largest value of each window',
    takes: 'images',
    options: { kernelSize, stride: poolStride, padding: border, dilation, ceilMode },
    create: (o) =>
      new MaxPool2d(o.pair('kernelSize'), {
        stride: o.optional('stride', () => o.pair('stride')) ?? o.pair('kernelSize'),
        padding: o.pair('padding'),
        dilation: o.pair('dilation'),
        ceilMode: o.flag('ceilMode'),
      }),
  },
  'avg-pool2d': {
    title: 'Average pooling: the mean of each window',
    takes: 'images',
    options: {
      kernelSize,
      stride: poolStride,
      padding: border,
      ceilMode,
      countIncludePad: { type: 'flag', default: true, description: 'zeros of the padding count' },
    },
    create: (o) =>
      new AvgPool2d(o.pair('kernelSize'), {
        stride: o.optional('stride', () => o.pair('stride')) ?? o.pair('kernelSize'),
        padding: o.pair('padding'),
        ceilMode: o.flag('ceilMode'),
        countIncludePad: o.flag('countIncludePad'),
      }),
  },
  'adaptive-avg-pool2d': {
    title: 'Average pooling to a size that is given',
    takes: 'images',
    options: { outputSize: { type: 'size', description: 'side of the output in pixels' } },
    create: (o) => new AdaptiveAvgPool2d(o.size('outputSize')),
  },
  flatten: plain('Flatten: maps become one long vector', () => new Flatten()),
  linear: {
    title: 'Linear: every output sees every input',
    takes: 'features',
    options: { outFeatures: { type: 'count', description: 'outputs; in the last layer one for each class' }, bias },
    create: (o, [, features = 1]) => new Linear(features, o.count('outFeatures'), { bias: o.flag('bias') }),
  },
  'batch-norm2d': {
    title: 'Batch norm: each map to mean 0 and deviation 1',
    takes: 'images',
    options: batchNorm,
    create: (o, [, channels = 1]) => new BatchNorm2d(channels, batchNormOptions(o)),
  },
  'batch-norm1d': {
    title: 'Batch norm of features',
    takes: 'features',
    options: batchNorm,
    create: (o, [, features = 1]) => new BatchNorm1d(features, batchNormOptions(o)),
  },
  'group-norm': {
    title: 'Group norm: each image by itself, in groups of maps',
    takes: 'images',
    options: { numGroups: { type: 'count', description: 'groups, a divisor of the channels' }, eps, affine },
    create: (o, [, channels = 1]) =>
      new GroupNorm(o.count('numGroups'), channels, { eps: o.number('eps'), affine: o.flag('affine') }),
  },
  'layer-norm': {
    title: 'Layer norm: each sample by itself',
    takes: 'both',
    options: {
      normalizedShape: { type: 'sides', default: null, description: 'last axes that it spans; null: all but N' },
      eps,
      elementwiseAffine: affine,
      bias,
    },
    create: (o, [, ...sides]) =>
      new LayerNorm(o.optional('normalizedShape', () => o.sides('normalizedShape')) ?? sides, {
        eps: o.number('eps'),
        elementwiseAffine: o.flag('elementwiseAffine'),
        bias: o.flag('bias'),
      }),
  },
  dropout: {
    title: 'Dropout: hides values at random while training',
    takes: 'both',
    options: { p },
    create: (o) => new Dropout(o.number('p')),
  },
  dropout2d: {
    title: 'Dropout of whole maps',
    takes: 'images',
    options: { p },
    create: (o) => new Dropout2d(o.number('p')),
  },
  relu: plain('ReLU: negative values become 0', () => new ReLU()),
  'leaky-relu': {
    ...plain('Leaky ReLU: negative values shrink', () => new LeakyReLU()),
    options: { negativeSlope: { type: 'number', default: 0.01, description: 'factor of negative values' } },
    create: (o) => new LeakyReLU(o.number('negativeSlope')),
  },
  elu: {
    ...plain('ELU: negative values bend towards −alpha', () => new ELU()),
    options: { alpha: { type: 'number', default: 1, description: 'how far down it bends' } },
    create: (o) => new ELU(o.number('alpha')),
  },
  gelu: {
    ...plain('GELU: a smooth ReLU', () => new GELU()),
    options: { approximate: { type: 'gelu', default: 'none', description: 'exact, or by a hyperbolic tangent' } },
    create: (o) => new GELU(o.approximation('approximate')),
  },
  silu: plain('SiLU: x · sigmoid(x)', () => new SiLU()),
  sigmoid: plain('Sigmoid: into 0 to 1', () => new Sigmoid()),
  tanh: plain('Tanh: into −1 to 1', () => new Tanh()),
  softmax: {
    ...plain('Softmax: probabilities (cross-entropy has its own)', () => new Softmax(1)),
    options: { dim },
    create: (o) => new Softmax(o.count('dim')),
  },
  'log-softmax': {
    ...plain('Logarithm of softmax (cross-entropy has its own)', () => new LogSoftmax(1)),
    options: { dim },
    create: (o) => new LogSoftmax(o.count('dim')),
  },
  identity: plain('Passes its input on', () => new Identity()),
};
