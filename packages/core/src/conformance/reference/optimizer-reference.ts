import type { AdamUpdateAttrs, SgdUpdateAttrs } from '../../kernels/extension-kernels.ts';
import { mapArrays, type ReferenceArray } from '../reference-array.ts';

/** Numbers of an Adam update. */
export type AdamNumbers = Omit<AdamUpdateAttrs, 'parameters' | 'gradients' | 'firstMoments' | 'secondMoments'>;

/** Numbers of an SGD update. */
export type SgdNumbers = Omit<SgdUpdateAttrs, 'parameters' | 'gradients' | 'momentumBuffers'>;

/** One parameter, its gradient and what the optimizer keeps for it. */
export interface OptimizerState {
  readonly parameter: ReferenceArray;
  readonly gradient: ReferenceArray;
  readonly first: ReferenceArray;
  readonly second: ReferenceArray;
}

/** `torch.optim.Adam` and `AdamW`: the new parameter, first and second moment. */
export function adamUpdate(
  { parameter, gradient, first, second }: OptimizerState,
  numbers: AdamNumbers,
): [parameter: ReferenceArray, first: ReferenceArray, second: ReferenceArray] {
  const { learningRate, beta1, beta2, epsilon, weightDecay, decoupledWeightDecay, step } = numbers;
  const decayed = mapArrays((p) => (decoupledWeightDecay ? p * (1 - learningRate * weightDecay) : p), parameter);
  const slope = mapArrays((g, p) => (decoupledWeightDecay ? g : g + weightDecay * p), gradient, parameter);
  const m = mapArrays((old, g) => beta1 * old + (1 - beta1) * g, first, slope);
  const v = mapArrays((old, g) => beta2 * old + (1 - beta2) * g * g, second, slope);
  const next = mapArrays(
    (p, a, b) => p - ((learningRate / (1 - beta1 ** step)) * a) / (Math.sqrt(b / (1 - beta2 ** step)) + epsilon),
    decayed,
    m,
    v,
  );
  return [next, m, v];
}

/** `torch.optim.SGD`: the new parameter and momentum buffer; `first` is the buffer. */
export function sgdUpdate(
  { parameter, gradient, first }: OptimizerState,
  { learningRate, momentum, dampening, nesterov, weightDecay, step }: SgdNumbers,
): [parameter: ReferenceArray, buffer: ReferenceArray] {
  const slope = mapArrays((g, p) => g + weightDecay * p, gradient, parameter);
  const buffer = step === 1 ? slope : mapArrays((old, g) => momentum * old + (1 - dampening) * g, first, slope);
  const direction = nesterov ? mapArrays((g, b) => g + momentum * b, slope, buffer) : momentum ? buffer : slope;
  return [mapArrays((p, d) => p - learningRate * d, parameter, direction), buffer];
}
