import { fused, type Tensor1D, type Tensor4D, conv2d as tfConv2d } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { broadcast, sumToShape } from '../reference/broadcast-reference.ts';
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from '../reference/conv2d-reference.ts';
import type { WindowAttributes } from '../reference/window.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';
import { randomPadding, tfPadding } from './window-padding.ts';

interface Conv2dCase extends WindowAttributes {
  /** `[N, H, W, C]`. */
  readonly x: readonly number[];
  /** `[kH, kW, C, K]`. */
  readonly filter: readonly number[];
  readonly tags?: readonly ConformanceTag[];
}

const UNIT: WindowAttributes = { strides: [1, 1], padding: 'valid' };
const SAME: WindowAttributes = { strides: [1, 1], padding: 'same' };

/** Convolutions by any kernel, stride, padding and dilation, alone and fused with bias and activation. */
export function conv2dCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 1);
  const fixed: Conv2dCase[] = [
    { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], ...UNIT },
    { x: [2, 1, 1, 3], filter: [3, 3, 3, 5], ...SAME },
    { x: [1, 7, 1, 2], filter: [3, 1, 2, 4], ...UNIT },
    { x: [2, 8, 8, 1], filter: [3, 3, 1, 32], ...SAME },
    { x: [1, 6, 6, 32], filter: [3, 3, 32, 64], ...SAME },
    { x: [2, 5, 5, 16], filter: [1, 1, 16, 8], ...UNIT },
    { x: [1, 9, 9, 3], filter: [7, 7, 3, 8], strides: [2, 2], padding: 3 },
    { x: [1, 6, 6, 8], filter: [1, 1, 8, 16], strides: [2, 2], padding: 'valid' },
    { x: [1, 9, 9, 4], filter: [3, 3, 4, 6], strides: [1, 1], padding: 'same', dilations: [2, 2] },
    { x: [2, 11, 9, 2], filter: [3, 2, 2, 3], strides: [1, 1], padding: 'valid', dilations: [3, 2] },
    { x: [2, 5, 5, 3], filter: [5, 5, 3, 7], ...UNIT },
    { x: [8, 14, 14, 16], filter: [3, 3, 16, 32], ...SAME, tags: ['large'] },
    { x: [4, 28, 28, 1], filter: [5, 5, 1, 20], ...UNIT, tags: ['large'] },
    { x: [0, 4, 4, 2], filter: [3, 3, 2, 3], ...SAME, tags: ['zero-sized'] },
    { x: [1, 6, 6, 3], filter: [3, 3, 3, 4], ...SAME, tags: ['non-finite'] },
  ];
  const random16 = Array.from({ length: 16 }, () => randomConvolution(random));
  return [
    ...[...fixed, ...random16].map((description) => convolutionCase(random, description)),
    ...(['linear', 'relu', 'relu6', 'elu', 'leakyrelu', 'sigmoid', 'prelu'] as const).map((activation) =>
      fusedCase(random, activation),
    ),
  ];
}

function randomConvolution(random: CaseRandom): Conv2dCase {
  const dilated = random.int(0, 3) === 0;
  const kernel = [random.int(1, 4), random.int(1, 4)] as const;
  const channels = random.int(1, 9);
  return {
    x: [random.int(1, 3), random.int(7, 12), random.int(7, 12), channels],
    filter: [...kernel, channels, random.int(1, 18)],
    // tfjs-core allows either strides or dilations beyond one.
    strides: dilated ? [1, 1] : [random.int(1, 3), random.int(1, 3)],
    dilations: dilated ? [random.int(1, 2), random.int(2, 2)] : [1, 1],
    padding: randomPadding(random, Math.min(...kernel)),
  };
}

function convolutionCase(random: CaseRandom, description: Conv2dCase): ConformanceCase {
  const { tags = [], strides, dilations = [1, 1], padding } = description;
  const attributes = { strides, dilations, padding };
  const values = random.uniform(description.x);
  const x = tags.includes('non-finite') ? random.withNonFinite(values) : values;
  const filter = random.uniform(description.filter);
  return conformanceCase({
    family: 'conv2d',
    name: ['conv2d', describe(description), ...tags].join(' '),
    tags,
    inputs: [x, filter],
    run: (input, weight) =>
      tfConv2d(input as Tensor4D, weight as Tensor4D, [...strides], tfPadding(padding), 'NHWC', [...dilations]),
    value: () => conv2d(x, filter, attributes),
    gradient: (dy) => [
      conv2dInputGradient(dy, filter, { ...attributes, shape: x.shape }),
      conv2dFilterGradient(dy, x, { ...attributes, shape: filter.shape }),
    ],
  });
}

type Activation = 'linear' | 'relu' | 'relu6' | 'elu' | 'leakyrelu' | 'sigmoid' | 'prelu';

const LEAKY_RELU_ALPHA = 0.25;

const ACTIVATIONS: Record<Activation, (value: number) => number> = {
  linear: (value) => value,
  relu: (value) => Math.max(value, 0),
  relu6: (value) => Math.min(Math.max(value, 0), 6),
  elu: (value) => (value > 0 ? value : Math.expm1(value)),
  leakyrelu: (value) => (value > 0 ? value : LEAKY_RELU_ALPHA * value),
  sigmoid: (value) => 1 / (1 + Math.exp(-value)),
  prelu: (value) => value,
};

/** The gradient of a fused convolution exists for no activation and for ReLU. */
function fusedCase(random: CaseRandom, activation: Activation): ConformanceCase {
  const attributes: WindowAttributes = { strides: [1, 1], padding: 'same' };
  const [x, filter] = [random.uniform([2, 6, 5, 3], -2, 2), random.uniform([3, 3, 3, 9])];
  const [bias, alpha] = [random.uniform([9]), random.uniform([9])];
  const biased = (): ReferenceArray => broadcast((a, b) => a + b, conv2d(x, filter, attributes), bias);
  const value = (): ReferenceArray =>
    activation === 'prelu'
      ? broadcast((a, b) => (a >= 0 ? a : a * b), biased(), alpha)
      : mapArrays(ACTIVATIONS[activation], biased());
  const gradient = (dy: ReferenceArray): ReferenceArray[] => {
    const passed = activation === 'relu' ? mapArrays((g, v) => (v > 0 ? g : 0), dy, biased()) : dy;
    return [
      conv2dInputGradient(passed, filter, { ...attributes, shape: x.shape }),
      conv2dFilterGradient(passed, x, { ...attributes, shape: filter.shape }),
      sumToShape(passed, bias.shape),
    ];
  };
  return conformanceCase({
    family: 'conv2d',
    name: `fused conv2d with bias and ${activation}`,
    inputs: activation === 'prelu' ? [x, filter, bias, alpha] : [x, filter, bias],
    run: (input, weight, offset, slope) =>
      fused.conv2d({
        x: input as Tensor4D,
        filter: weight as Tensor4D,
        strides: 1,
        pad: 'same',
        bias: offset as Tensor1D,
        activation,
        leakyreluAlpha: LEAKY_RELU_ALPHA,
        ...(slope ? { preluActivationWeights: slope } : {}),
      }),
    value,
    ...(activation === 'linear' || activation === 'relu' ? { gradient } : {}),
  });
}

function describe({ x, filter, strides, dilations = [1, 1], padding }: Conv2dCase): string {
  return `[${x}] by [${filter}] stride ${strides.join('x')} pad ${JSON.stringify(padding)} dilation ${dilations.join('x')}`;
}
