import { clone, type Tensor } from '@tensorflow/tfjs-core';
import { extensionKernel } from '../../kernels/extension-kernels.ts';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, conformanceCase } from '../conformance-case.ts';
import {
  type AdamNumbers,
  adamUpdate,
  type OptimizerState,
  type SgdNumbers,
  sgdUpdate,
} from '../reference/optimizer-reference.ts';

const SHAPES = [[3, 3, 5, 7], [7], [1], [129, 33]];

const ADAM: AdamNumbers = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
  decoupledWeightDecay: false,
  step: 1,
};

const SGD: SgdNumbers = { learningRate: 0.1, momentum: 0, dampening: 0, nesterov: false, weightDecay: 0, step: 1 };

/** The kernels that update all parameters at once, where a backend has them. */
export function optimizerCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 1201);
  return [
    adamCase('Adam, first step', random, ADAM),
    adamCase('Adam, later', random, { ...ADAM, step: 57 }),
    adamCase('Adam with weight decay', random, { ...ADAM, step: 3, weightDecay: 0.1 }),
    adamCase('AdamW', random, { ...ADAM, step: 3, weightDecay: 0.1, decoupledWeightDecay: true }),
    sgdCase('SGD', random, SGD),
    sgdCase('SGD with weight decay', random, { ...SGD, weightDecay: 0.01, step: 4 }),
    sgdCase('SGD with momentum, first step', random, { ...SGD, momentum: 0.9, dampening: 0.5 }),
    sgdCase('SGD with momentum, later', random, { ...SGD, momentum: 0.9, dampening: 0.5, step: 2 }),
    sgdCase('SGD with Nesterov momentum', random, { ...SGD, momentum: 0.9, nesterov: true, step: 2, weightDecay: 0.1 }),
  ];
}

function adamCase(name: string, random: CaseRandom, numbers: AdamNumbers): ConformanceCase {
  const states = randomStates(random);
  return conformanceCase({
    family: 'optimizer',
    name,
    inputs: states.flatMap(({ parameter, gradient, first, second }) => [parameter, gradient, first, second]),
    run: (...tensors) => {
      const [parameters, gradients, firstMoments, secondMoments] = [0, 1, 2, 3].map((k) => every(4, k, tensors));
      const update = extensionKernel('AdamUpdate');
      if (!update) return undefined;
      update(
        {},
        {
          ...numbers,
          parameters: parameters!,
          gradients: gradients!,
          firstMoments: firstMoments!,
          secondMoments: secondMoments!,
        },
      );
      // Clones share their data with the tensors that were updated in place.
      return parameters!
        .flatMap((parameter, i) => [parameter, firstMoments![i]!, secondMoments![i]!])
        .map((tensor) => clone(tensor));
    },
    value: () => states.flatMap((state) => adamUpdate(state, numbers)),
  });
}

function sgdCase(name: string, random: CaseRandom, numbers: SgdNumbers): ConformanceCase {
  const states = randomStates(random);
  const hasMomentum = numbers.momentum !== 0;
  return conformanceCase({
    family: 'optimizer',
    name,
    inputs: states.flatMap(({ parameter, gradient, first }) => [parameter, gradient, first]),
    run: (...tensors) => {
      const [parameters, gradients, buffers] = [0, 1, 2].map((k) => every(3, k, tensors));
      const momentumBuffers = hasMomentum ? buffers! : [];
      const update = extensionKernel('SgdUpdate');
      if (!update) return undefined;
      update({}, { ...numbers, parameters: parameters!, gradients: gradients!, momentumBuffers });
      return parameters!
        .flatMap((parameter, i) => (hasMomentum ? [parameter, buffers![i]!] : [parameter]))
        .map((tensor) => clone(tensor));
    },
    value: () => states.flatMap((state) => sgdUpdate(state, numbers).slice(0, hasMomentum ? 2 : 1)),
  });
}

function randomStates(random: CaseRandom): OptimizerState[] {
  return SHAPES.map((shape) => ({
    parameter: random.uniform(shape),
    gradient: random.uniform(shape),
    first: random.uniform(shape),
    second: random.uniform(shape, 0.1, 1),
  }));
}

/** Elements `k`, `k + n`, `k + 2n`, … */
function every(n: number, k: number, tensors: readonly Tensor[]): Tensor[] {
  return tensors.filter((_, i) => i % n === k);
}
