import { activationCases } from './cases/activation-cases.ts';
import { avgPoolCases } from './cases/avg-pool-cases.ts';
import { batchNormCases } from './cases/batch-norm-cases.ts';
import { convBlockCases } from './cases/conv-block-cases.ts';
import { conv2dCases } from './cases/conv2d-cases.ts';
import { crossEntropyCases } from './cases/cross-entropy-cases.ts';
import { depthwiseCases } from './cases/depthwise-cases.ts';
import { elementwiseCases } from './cases/elementwise-cases.ts';
import { matMulCases } from './cases/mat-mul-cases.ts';
import { maxPoolCases } from './cases/max-pool-cases.ts';
import { optimizerCases } from './cases/optimizer-cases.ts';
import { rearrangeCases } from './cases/rearrange-cases.ts';
import { reductionCases } from './cases/reduction-cases.ts';
import { resizeBilinearCases } from './cases/resize-bilinear-cases.ts';
import { softmaxCases } from './cases/softmax-cases.ts';
import {
  CONFORMANCE_FAMILIES,
  type ConformanceCase,
  type ConformanceFamily,
  type ConformanceTag,
} from './conformance-case.ts';

/** Which cases to make. */
export interface ConformanceCaseOptions {
  /** Defaults to all. */
  readonly families?: readonly ConformanceFamily[];
  /** Cases with one of these tags are left out. */
  readonly without?: readonly ConformanceTag[];
  /** Of the random shapes, strides, paddings, dilations and values: the same seed makes the same cases. */
  readonly seed?: number;
}

const FAMILY_CASES: Readonly<Record<ConformanceFamily, (seed: number) => readonly ConformanceCase[]>> = {
  conv2d: conv2dCases,
  depthwise: depthwiseCases,
  'conv-block': convBlockCases,
  matMul: matMulCases,
  'max-pool': maxPoolCases,
  'avg-pool': avgPoolCases,
  'batch-norm': batchNormCases,
  activation: activationCases,
  softmax: softmaxCases,
  'cross-entropy': crossEntropyCases,
  elementwise: elementwiseCases,
  reduction: reductionCases,
  rearrange: rearrangeCases,
  'resize-bilinear': resizeBilinearCases,
  optimizer: optimizerCases,
};

/** Makes the cases. Names are unique. */
export function conformanceCases({
  families = CONFORMANCE_FAMILIES,
  without = [],
  seed = 0,
}: ConformanceCaseOptions = {}): ConformanceCase[] {
  return families
    .flatMap((family) => FAMILY_CASES[family](seed))
    .filter(({ tags }) => !tags.some((tag) => without.includes(tag)));
}
