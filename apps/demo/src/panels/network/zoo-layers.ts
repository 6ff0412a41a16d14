import type { LayerSpec } from '@cnn/models';

/** A network of the zoo as the list of layers that it is. */
export interface ZooNetwork {
  readonly name: string;
  readonly title: string;
  readonly layers: (classes: number) => readonly LayerSpec[];
}

const conv = (outChannels: number, kernelSize: number, padding = 0): LayerSpec => ({
  name: 'conv2d',
  outChannels,
  kernelSize,
  ...(padding === 0 ? {} : { padding }),
});
const pool: LayerSpec = { name: 'max-pool2d', kernelSize: 2 };
const linear = (outFeatures: number): LayerSpec => ({ name: 'linear', outFeatures });
const head = (hidden: number, classes: number): LayerSpec[] => ['flatten', linear(hidden), 'relu', linear(classes)];

/**
 * The zoo's networks that are plain sequences, for showing and copying without building them. A test compares each with
 * the network of `@cnn/models`.
 */
export const ZOO_NETWORKS: readonly ZooNetwork[] = [
  {
    name: 'tiny-cnn',
    title: 'Tiny: one convolution, one linear layer',
    layers: (classes) => [conv(16, 3), 'relu', pool, 'flatten', linear(classes)],
  },
  {
    name: 'basic-cnn',
    title: 'Basic: two narrow convolutions',
    layers: (classes) => [conv(16, 3, 1), 'relu', pool, conv(32, 3, 1), 'relu', pool, ...head(128, classes)],
  },
  {
    name: 'two-block-cnn',
    title: 'Two blocks: two wide convolutions',
    layers: (classes) => [conv(32, 3, 1), 'relu', pool, conv(64, 3, 1), 'relu', pool, ...head(128, classes)],
  },
  {
    name: 'simple-cnn-64',
    title: 'Simple: pooled before ReLU, 64 units',
    layers: (classes) => [conv(32, 3, 1), pool, 'relu', conv(64, 3, 1), pool, 'relu', ...head(64, classes)],
  },
  {
    name: 'simple-cnn-128',
    title: 'Simple: 128 units',
    layers: (classes) => [conv(32, 3, 1), 'relu', pool, conv(64, 3, 1), 'relu', pool, ...head(128, classes)],
  },
  {
    name: 'lenet5',
    title: 'LeNet-5, 1998',
    layers: (classes) => [
      conv(6, 5, 2),
      'relu',
      pool,
      conv(16, 5),
      'relu',
      pool,
      'flatten',
      linear(120),
      'relu',
      linear(84),
      'relu',
      linear(classes),
    ],
  },
  { name: 'mlp', title: 'No convolution: for comparison', layers: (classes) => head(512, classes) },
];
