import * as tf from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type CaseDescription, type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import { logSoftmax, logSoftmaxGradient, softmax, softmaxGradient } from '../reference/softmax-reference.ts';
import { arrayOf, type ReferenceArray } from '../reference-array.ts';

/** Softmax and its logarithm, with logits large enough to overflow an exponential that is not shifted. */
export function softmaxCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 801);
  const logits: [what: string, logits: ReferenceArray][] = [
    ['one class', random.uniform([3, 1])],
    ['ten classes', random.uniform([5, 10], -4, 4)],
    ['many classes', random.uniform([2, 133], -4, 4)],
    ['three axes', random.uniform([2, 3, 5], -4, 4)],
    ['large logits', random.uniform([4, 7], 900, 1000)],
    ['far apart', random.uniform([4, 6], -100, 100)],
    ['an infinity below', arrayOf([1, 4], [1, Number.NEGATIVE_INFINITY, 2, 0])],
    ['NaN', arrayOf([2, 3], [1, Number.NaN, 2, 1, 2, 3])],
  ];
  return logits.flatMap(([what, x]) => softmaxCasesOf(what, x));
}

function softmaxCasesOf(what: string, x: ReferenceArray): ConformanceCase[] {
  const finite = x.data.every((value) => Number.isFinite(value));
  const shared: Pick<CaseDescription, 'family' | 'tags' | 'inputs'> = {
    family: 'softmax',
    tags: finite ? [] : ['non-finite'],
    inputs: [x],
  };
  return [
    conformanceCase({
      ...shared,
      name: `softmax [${x.shape}], ${what}`,
      run: (logits) => tf.softmax(logits!),
      value: () => softmax(x),
      ...(finite ? { gradient: (dy) => [softmaxGradient(dy, x)] } : {}),
    }),
    conformanceCase({
      ...shared,
      name: `logSoftmax [${x.shape}], ${what}`,
      run: (logits) => tf.logSoftmax(logits!),
      value: () => logSoftmax(x),
      ...(finite ? { gradient: (dy) => [logSoftmaxGradient(dy, x)] } : {}),
    }),
  ];
}
