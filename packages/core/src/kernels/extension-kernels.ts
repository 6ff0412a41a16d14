import { backend, getBackend, getKernel, type TensorInfo } from '@tensorflow/tfjs-core';

/**
 * Kernels beyond tfjs-core's own that a backend may register to be faster. Whoever calls one falls back to plain
 * operations where the backend has none, so that every module runs on every backend. All tensors are float32 unless
 * said otherwise.
 */
export interface ExtensionKernels {
  /** Gradient of ReLU from its output: `dy` where `y > 0`, else 0. Returns `[dx]`. */
  ReluGrad: { inputs: { dy: TensorInfo; y: TensorInfo }; attrs: Record<never, never> };
  /**
   * Mean cross-entropy of `logits` `[N, C]` against class indices `targets` `[N]` int32.
   * Returns `[loss [], gradient of loss with respect to logits [N, C]]`.
   */
  SparseSoftmaxCrossEntropy: { inputs: { logits: TensorInfo; targets: TensorInfo }; attrs: Record<never, never> };
  /**
   * Batch norm of `x` `[N, H, W, C]` or `[N, C]` by the statistics of the batch (biased variance).
   * Returns `[y, mean [C], variance [C], inverse standard deviation [C]]`.
   */
  BatchNormTraining: { inputs: { x: TensorInfo; scale: TensorInfo; offset: TensorInfo }; attrs: { epsilon: number } };
  /** Returns `[dx, dscale [C], doffset [C]]`. */
  BatchNormTrainingGrad: {
    inputs: { dy: TensorInfo; x: TensorInfo; scale: TensorInfo; mean: TensorInfo; inverseStd: TensorInfo };
    attrs: Record<never, never>;
  };
  /** One Adam or AdamW update of all parameters, in place. Returns `[]`. Arithmetic: `torch.optim.Adam`. */
  AdamUpdate: { inputs: Record<never, never>; attrs: AdamUpdateAttrs };
  /** One SGD update of all parameters, in place. Returns `[]`. Arithmetic: `torch.optim.SGD`. */
  SgdUpdate: { inputs: Record<never, never>; attrs: SgdUpdateAttrs };
}

/** Lists run in parallel: entry i of each belongs to parameter i. */
export interface AdamUpdateAttrs {
  readonly parameters: readonly TensorInfo[];
  readonly gradients: readonly TensorInfo[];
  /** First moments, updated in place. */
  readonly firstMoments: readonly TensorInfo[];
  /** Second moments, updated in place. */
  readonly secondMoments: readonly TensorInfo[];
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** True for AdamW: the parameter is multiplied by `1 - learningRate * weightDecay` first. */
  readonly decoupledWeightDecay: boolean;
  /** Updates done, this one included: 1 at the first. */
  readonly step: number;
}

/** Lists run in parallel: entry i of each belongs to parameter i. */
export interface SgdUpdateAttrs {
  readonly parameters: readonly TensorInfo[];
  readonly gradients: readonly TensorInfo[];
  /** Momentum buffers, updated in place; empty when `momentum` is 0. */
  readonly momentumBuffers: readonly TensorInfo[];
  readonly learningRate: number;
  readonly momentum: number;
  readonly dampening: number;
  readonly nesterov: boolean;
  readonly weightDecay: number;
  /** Updates done, this one included: at 1 a momentum buffer is set to the gradient. */
  readonly step: number;
}

/** Runs a kernel of the current backend directly, outside the gradient tape; `undefined` where it has none. */
export function extensionKernel<Name extends keyof ExtensionKernels>(
  name: Name,
): ((inputs: ExtensionKernels[Name]['inputs'], attrs: ExtensionKernels[Name]['attrs']) => TensorInfo[]) | undefined {
  const kernel = getKernel(name, getBackend());
  if (!kernel) return undefined;
  return (inputs, attrs) => {
    const outputs = kernel.kernelFunc({ inputs, attrs: attrs as never, backend: backend() });
    return Array.isArray(outputs) ? outputs : [outputs];
  };
}
