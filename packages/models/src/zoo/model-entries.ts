import { ResNet18 } from '../resnet/resnet18.ts';
import { ResNet34 } from '../resnet/resnet34.ts';
import { sequentialFromOptions, sequentialInput } from '../sequential/sequential-options.ts';
import { BasicCnn } from './basic-cnn.ts';
import { LeNet5 } from './lenet5.ts';
import { Mlp } from './mlp.ts';
import type { InputShape, ModelEntry, ModelOptions } from './model-entry.ts';
import { SimpleCnn64 } from './simple-cnn-64.ts';
import { SimpleCnn128 } from './simple-cnn-128.ts';
import { TinyCnn } from './tiny-cnn.ts';
import { TwoBlockCnn } from './two-block-cnn.ts';

/** Names of the zoo's models. */
export type ModelName =
  | 'simple-cnn-64'
  | 'simple-cnn-128'
  | 'two-block-cnn'
  | 'tiny-cnn'
  | 'basic-cnn'
  | 'mlp'
  | 'lenet5'
  | 'resnet18'
  | 'resnet34'
  | 'sequential';

const imageClassifier = {
  options: ['classes', 'inChannels', 'imageSize'],
  inputShape: ({ inChannels = 1, imageSize = 28 }: ModelOptions): InputShape => [inChannels, imageSize, imageSize],
} as const;

/** Sizes of the images say what `inputShape` tells; the network takes any. */
const residual = {
  options: ['classes', 'inChannels', 'imageSize'],
  inputShape: ({ inChannels = 3, imageSize = 224 }: ModelOptions): InputShape => [inChannels, imageSize, imageSize],
} as const;

/** The zoo. A new model is one class and one row here. */
export const modelEntries: Readonly<Record<ModelName, ModelEntry>> = {
  'simple-cnn-64': {
    title: 'Two convolutions, pooled before ReLU, 64 hidden units (notebook 000)',
    ...imageClassifier,
    parameterCount: 220_234,
    create: (options) => new SimpleCnn64(options),
  },
  'simple-cnn-128': {
    title: 'Two convolutions, 128 hidden units, a field for each layer (notebook 001)',
    ...imageClassifier,
    parameterCount: 421_642,
    create: (options) => new SimpleCnn128(options),
  },
  'two-block-cnn': {
    title: 'Two convolutions, 128 hidden units, in two blocks (notebook 002)',
    ...imageClassifier,
    parameterCount: 421_642,
    create: (options) => new TwoBlockCnn(options),
  },
  'tiny-cnn': {
    title: 'One convolution, one linear layer (notebook 003)',
    ...imageClassifier,
    parameterCount: 27_210,
    create: (options) => new TinyCnn(options),
  },
  'basic-cnn': {
    title: 'Two narrow convolutions, 128 hidden units (notebook 004)',
    ...imageClassifier,
    parameterCount: 206_922,
    create: (options) => new BasicCnn(options),
  },
  mlp: {
    title: 'No convolution: one hidden layer of 512 units',
    ...imageClassifier,
    options: [...imageClassifier.options, 'hidden'],
    parameterCount: 407_050,
    create: (options) => new Mlp(options),
  },
  lenet5: {
    title: 'LeNet-5 (1998) with ReLU and max pooling',
    ...imageClassifier,
    parameterCount: 61_706,
    create: (options) => new LeNet5(options),
  },
  resnet18: {
    title: 'ResNet with 18 layers, as in torchvision',
    ...residual,
    parameterCount: 11_689_512,
    create: (options) => new ResNet18(options),
  },
  resnet34: {
    title: 'ResNet with 34 layers, as in torchvision',
    ...residual,
    parameterCount: 21_797_672,
    create: (options) => new ResNet34(options),
  },
  sequential: {
    title: 'Layers of your own, one after the other',
    options: [...imageClassifier.options, 'input', 'layers'],
    inputShape: sequentialInput,
    parameterCount: 27_210,
    create: (options) => sequentialFromOptions(options),
  },
};
