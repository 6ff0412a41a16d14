import * as tf from '@tensorflow/tfjs-core';
import { extensionKernel } from '../../kernels/extension-kernels.ts';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { crossEntropy, crossEntropyGradient } from '../reference/softmax-reference.ts';
import { arrayOf, mapArrays, type ReferenceArray } from '../reference-array.ts';

/** Cross-entropy against class indices: composed of plain operations, and by the kernel that a backend may add. */
export function crossEntropyCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 851);
  const withTargets = (logits: ReferenceArray): [ReferenceArray, ReferenceArray] => [
    logits,
    random.integers([logits.shape[0]!], 0, logits.shape[1]! - 1),
  ];
  return [
    ...casesOf(...withTargets(random.uniform([1, 1]))),
    ...casesOf(...withTargets(random.uniform([7, 10], -4, 4))),
    ...casesOf(...withTargets(random.uniform([64, 10], -4, 4))),
    ...casesOf(...withTargets(random.uniform([3, 101], -4, 4))),
    ...casesOf(...withTargets(random.uniform([5, 3], 900, 1000))),
    ...casesOf(...withTargets(random.uniform([300, 47], -4, 4)), ['large']),
    ...casesOf(arrayOf([2, 3], [1, Number.NaN, 2, 0, 1, 2]), arrayOf([2], [0, 1], 'int32'), ['non-finite']),
  ];
}

function casesOf(
  logits: ReferenceArray,
  targets: ReferenceArray,
  tags: readonly ConformanceTag[] = [],
): ConformanceCase[] {
  const what = `[${logits.shape}] logits around ${Math.round(logits.data[0]!)}`;
  const composed = conformanceCase({
    family: 'cross-entropy',
    name: `cross-entropy of plain operations ${what}`,
    tags,
    inputs: [logits, targets],
    run: (x, labels) => {
      const picked = tf.mul(tf.oneHot(labels as tf.Tensor1D, logits.shape[1]!), tf.logSoftmax(x!));
      return tf.neg(tf.div(tf.sum(picked), logits.shape[0]!));
    },
    value: () => crossEntropy(logits, targets),
    gradient: (dy) => [mapArrays((g) => g * dy.data[0]!, crossEntropyGradient(logits, targets)), undefined],
  });
  const fused = conformanceCase({
    family: 'cross-entropy',
    name: `SparseSoftmaxCrossEntropy ${what}`,
    tags,
    inputs: [logits, targets],
    run: (x, labels) => extensionKernel('SparseSoftmaxCrossEntropy')?.({ logits: x!, targets: labels! }, {}),
    value: () => [crossEntropy(logits, targets), crossEntropyGradient(logits, targets)],
  });
  // tfjs-core makes no one-hot rows of a single class.
  return logits.shape[1]! > 1 ? [composed, fused] : [fused];
}
