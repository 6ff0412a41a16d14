import {
  add,
  customGrad,
  div,
  engine,
  mean,
  mul,
  reshape,
  rsqrt,
  square,
  sub,
  sum,
  Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { extensionKernel } from './extension-kernels.ts';

/** How `x` is normalised by the statistics of its own batch. */
export interface BatchNormCall {
  readonly epsilon: number;
  /** Shown mean and biased variance `[C]` of the batch. Not part of the gradient; disposed afterwards. */
  readonly onStatistics: (mean: Tensor, variance: Tensor) => void;
}

/** Forward pass: the output, and the statistics that its gradient needs. */
type Normalised = [y: Tensor, mean: Tensor, variance: Tensor, inverseStd: Tensor];

/**
 * `(x − mean)/sqrt(variance + ε)·scale + offset` by mean and biased variance over all but the last axis of
 * `x` `[..., C]`; `scale` and `offset` are `[C]`. One kernel each way where the backend has it.
 */
export function batchNormTraining(x: Tensor, scale: Tensor, offset: Tensor, call: BatchNormCall): Tensor {
  const operation = customGrad((...args) => {
    const [input, gamma, beta, save] = args as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    const [y, average, variance, inverseStd] = normalise(input, gamma, beta, call.epsilon);
    save([input, gamma, average, inverseStd]);
    call.onStatistics(average, variance);
    return { value: y, gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(dy, saved) };
  });
  return operation(x, scale, offset);
}

/** Normalises `x` `[N, H, W, C]` or `[N, C]` by given statistics `[C]`. */
export function batchNormInference(
  x: Tensor,
  statistics: { mean: Tensor; variance: Tensor; scale: Tensor; offset: Tensor },
  epsilon: number,
): Tensor {
  const images = x.rank === 4 ? x : reshape(x, [x.shape[0]!, 1, 1, x.shape.at(-1)!]);
  const attrs = { varianceEpsilon: epsilon };
  const y = engine().runKernel<Tensor>('FusedBatchNorm', { x: images, ...statistics }, attrs);
  return x.rank === 4 ? y : reshape(y, x.shape);
}

function normalise(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): Normalised {
  const fused = extensionKernel('BatchNormTraining');
  if (fused) return fused({ x, scale, offset }, { epsilon }).map(asTensor) as Normalised;
  const axes = allButLast(x);
  const average = mean(x, axes);
  const centred = sub(x, average);
  const variance = mean(square(centred), axes);
  const inverseStd = rsqrt(add(variance, epsilon));
  return [add(mul(centred, mul(inverseStd, scale)), offset), average, variance, inverseStd];
}

function gradients(dy: Tensor, [x, scale, average, inverseStd]: Tensor[]): Tensor[] {
  const fused = extensionKernel('BatchNormTrainingGrad');
  if (fused) {
    return fused({ dy, x: x!, scale: scale!, mean: average!, inverseStd: inverseStd! }, {}).map(asTensor);
  }
  const axes = allButLast(dy);
  const samples = dy.size / scale!.size;
  const normalised = mul(sub(x!, average!), inverseStd!);
  const dOffset = sum(dy, axes);
  const dScale = sum(mul(dy, normalised), axes);
  const shared = div(add(dOffset, mul(normalised, dScale)), samples);
  return [mul(sub(dy, shared), mul(scale!, inverseStd!)), dScale, dOffset];
}

function allButLast(tensor: Tensor): number[] {
  return [...tensor.shape.keys()].slice(0, -1);
}

function asTensor(info: TensorInfo): Tensor {
  return info instanceof Tensor ? info : engine().makeTensorFromTensorInfo(info);
}
