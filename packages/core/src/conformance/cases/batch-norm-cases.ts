import { moments, type Tensor1D, type Tensor4D, batchNorm as tfBatchNorm } from '@tensorflow/tfjs-core';
import { extensionKernel } from '../../kernels/extension-kernels.ts';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import {
  batchNorm,
  batchNormGradients,
  batchNormTrainingGradients,
  channelStatistics,
} from '../reference/batch-norm-reference.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';

const EPSILON = 1e-3;

/** Batch normalisation by given statistics (inference) and by the batch's own (training). */
export function batchNormCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 601);
  const shapes = [
    [1, 1, 1, 1],
    [2, 5, 4, 3],
    [3, 2, 2, 8],
    [2, 3, 3, 13],
    [6, 9],
  ];
  return [
    ...shapes.map((shape) => inferenceCase(random, shape)),
    inferenceCase(random, [1, 3, 3, 4], ['non-finite']),
    inferenceCase(random, [8, 14, 14, 32], ['large']),
    ...shapes.slice(1).flatMap((shape) => trainingCases(random, shape)),
    ...trainingCases(random, [8, 14, 14, 32], ['large']),
    ...trainingCases(random, [64, 7], [], 1000),
  ];
}

function inferenceCase(
  random: CaseRandom,
  shape: readonly number[],
  tags: readonly ConformanceTag[] = [],
): ConformanceCase {
  const channels = [shape.at(-1)!];
  const values = random.uniform(shape, -3, 3);
  const x = tags.includes('non-finite') ? random.withNonFinite(values) : values;
  const [mean, variance] = [random.uniform(channels), random.uniform(channels, 0.25, 2)];
  const [offset, scale] = [random.uniform(channels), random.uniform(channels, 0.5, 2)];
  return conformanceCase({
    family: 'batch-norm',
    name: ['batchNorm', `[${shape}]`, ...tags].join(' '),
    tags,
    inputs: [x, mean, variance, offset, scale],
    run: (...[input, m, v, o, s]) =>
      tfBatchNorm(input!, m as Tensor1D, v as Tensor1D, o as Tensor1D, s as Tensor1D, EPSILON),
    value: () => batchNorm(x, { scale, offset, epsilon: EPSILON }, { mean, variance }),
    gradient: (dy) => {
      const { dx, dmean, dvariance, doffset, dscale } = batchNormGradients(dy, x, {
        scale,
        epsilon: EPSILON,
        mean,
        variance,
      });
      return [dx, dmean, dvariance, doffset, dscale];
    },
  });
}

/** The training step's normalisation: composed of plain operations, and by the kernels that a backend may add. */
function trainingCases(
  random: CaseRandom,
  shape: readonly number[],
  tags: readonly ConformanceTag[] = [],
  shift = 0,
): ConformanceCase[] {
  const channels = [shape.at(-1)!];
  // Values are rounded to float32 after the shift: a variance computed as a difference of squares shows here.
  const x = mapArrays((value) => Math.fround(value + shift), random.uniform(shape, -2, 2));
  const [offset, scale] = [random.uniform(channels), random.uniform(channels, 0.5, 2)];
  const dy = random.uniform(shape);
  const affine = { scale, offset, epsilon: EPSILON };
  const { mean, variance } = channelStatistics(x);
  const inverseStd = mapArrays((value) => 1 / Math.sqrt(value + EPSILON), variance);
  const what = [`[${shape}]`, shift ? `around ${shift}` : '', ...tags].filter(Boolean).join(' ');
  const batchAxes = shape.slice(1).map((_, axis) => axis);
  const composed = conformanceCase({
    family: 'batch-norm',
    name: `moments and batchNorm ${what}`,
    tags,
    inputs: [x, offset, scale],
    run: (input, o, s) => {
      const statistics = moments(input!, batchAxes);
      return tfBatchNorm(
        input as Tensor4D,
        statistics.mean as Tensor1D,
        statistics.variance as Tensor1D,
        o as Tensor1D,
        s as Tensor1D,
        EPSILON,
      );
    },
    value: () => batchNorm(x, affine, channelStatistics(x)),
    gradient: (g) => {
      const { dx, doffset, dscale } = batchNormTrainingGradients(g, x, affine);
      return [dx, doffset, dscale];
    },
  });
  const kernel = conformanceCase({
    family: 'batch-norm',
    name: `BatchNormTraining ${what}`,
    tags,
    inputs: [x, scale, offset],
    run: (input, s, o) =>
      extensionKernel('BatchNormTraining')?.({ x: input!, scale: s!, offset: o! }, { epsilon: EPSILON }),
    value: () => [batchNorm(x, affine, { mean, variance }), mean, variance, inverseStd],
  });
  const gradientKernel = conformanceCase({
    family: 'batch-norm',
    name: `BatchNormTrainingGrad ${what}`,
    tags,
    inputs: [dy, x, scale, rounded(mean), rounded(inverseStd)],
    run: (...[g, input, s, m, i]) =>
      extensionKernel('BatchNormTrainingGrad')?.({ dy: g!, x: input!, scale: s!, mean: m!, inverseStd: i! }, {}),
    value: () => {
      const { dx, dscale, doffset } = batchNormTrainingGradients(dy, x, affine);
      return [dx, dscale, doffset];
    },
  });
  // Composed of plain operations, float32 statistics of values far from zero are as exact as those operations are.
  return shift ? [kernel] : [composed, kernel, gradientKernel];
}

function rounded(array: ReferenceArray): ReferenceArray {
  return mapArrays(Math.fround, array);
}
