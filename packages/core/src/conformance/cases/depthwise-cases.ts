import { type Tensor4D, depthwiseConv2d as tfDepthwiseConv2d } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { depthwiseConv2d, depthwiseFilterGradient, depthwiseInputGradient } from '../reference/depthwise-reference.ts';
import type { WindowAttributes } from '../reference/window.ts';
import { randomPadding, tfPadding } from './window-padding.ts';

interface DepthwiseCase extends WindowAttributes {
  /** `[N, H, W, C]`. */
  readonly x: readonly number[];
  /** `[kH, kW, C, M]`. */
  readonly filter: readonly number[];
  readonly tags?: readonly ConformanceTag[];
}

/** Depthwise convolutions, with channel multipliers. */
export function depthwiseCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 51);
  const same: WindowAttributes = { strides: [1, 1], padding: 'same' };
  const cases: DepthwiseCase[] = [
    { x: [1, 1, 1, 1], filter: [1, 1, 1, 1], ...same },
    { x: [2, 8, 8, 32], filter: [3, 3, 32, 1], ...same },
    { x: [1, 8, 8, 5], filter: [3, 3, 5, 2], strides: [2, 2], padding: 'same' },
    { x: [1, 9, 9, 6], filter: [3, 3, 6, 1], ...same, dilations: [2, 2] },
    { x: [4, 20, 20, 24], filter: [3, 3, 24, 1], ...same, tags: ['large'] },
    { x: [0, 4, 4, 2], filter: [3, 3, 2, 1], ...same, tags: ['zero-sized'] },
    { x: [1, 6, 6, 4], filter: [3, 3, 4, 1], ...same, tags: ['non-finite'] },
  ];
  for (let i = 0; i < 8; i++) cases.push(randomDepthwise(random));
  return cases.map((description) => depthwiseCase(random, description));
}

function randomDepthwise(random: CaseRandom): DepthwiseCase {
  const kernel = [random.int(1, 4), random.int(1, 4)] as const;
  const channels = random.int(1, 9);
  const stride = random.int(1, 2);
  return {
    x: [random.int(1, 3), random.int(5, 9), random.int(5, 9), channels],
    filter: [...kernel, channels, random.int(1, 3)],
    strides: [stride, stride],
    padding: randomPadding(random, Math.min(...kernel)),
  };
}

function depthwiseCase(random: CaseRandom, description: DepthwiseCase): ConformanceCase {
  const { tags = [], strides, dilations = [1, 1], padding } = description;
  const attributes = { strides, dilations, padding };
  const values = random.uniform(description.x);
  const x = tags.includes('non-finite') ? random.withNonFinite(values) : values;
  const filter = random.uniform(description.filter);
  const details = `stride ${strides.join('x')} pad ${JSON.stringify(padding)} dilation ${dilations.join('x')}`;
  return conformanceCase({
    family: 'depthwise',
    name: [`depthwise [${x.shape}] by [${filter.shape}]`, details, ...tags].join(' '),
    tags,
    inputs: [x, filter],
    run: (input, weight) =>
      tfDepthwiseConv2d(input as Tensor4D, weight as Tensor4D, [...strides], tfPadding(padding), 'NHWC', [
        ...dilations,
      ]),
    value: () => depthwiseConv2d(x, filter, attributes),
    gradient: (dy) => [
      depthwiseInputGradient(dy, filter, { ...attributes, shape: x.shape }),
      depthwiseFilterGradient(dy, x, { ...attributes, shape: filter.shape }),
    ],
  });
}
