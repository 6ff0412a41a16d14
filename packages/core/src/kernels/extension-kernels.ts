import { backend, getBackend, getKernel, type TensorInfo } from '@tensorflow/tfjs-core';

/** What a kernel is given. */
export interface KernelSignature<Inputs extends string = never, Attrs extends object = Readonly<Record<never, never>>> {
  /** Tensors by name. */
  readonly inputs: Readonly<Record<Inputs, TensorInfo>>;
  /** Everything else, by name. */
  readonly attrs: Attrs;
}

/**
 * Kernels beyond tfjs-core's own that a backend may register to be faster. Whoever calls one falls back to plain
 * operations where the backend has none, so that every module runs on every backend. All tensors are float32 unless
 * said otherwise.
 */
export interface ExtensionKernels {
  /** Gradient of ReLU from its output: `dy` where `y > 0`, else 0. Returns `[dx]`. */
  ReluGrad: KernelSignature<'dy' | 'y'>;
  /**
   * Mean cross-entropy of `logits` `[N, C]` against class indices `targets` `[N]` int32.
   * Returns `[loss [], gradient of loss with respect to logits [N, C]]`.
   */
  SparseSoftmaxCrossEntropy: KernelSignature<'logits' | 'targets'>;
  /**
   * Batch norm of `x` `[N, H, W, C]` or `[N, C]` by the statistics of the batch (biased variance).
   * Returns `[y, mean [C], variance [C], inverse standard deviation [C]]`.
   */
  BatchNormTraining: KernelSignature<'x' | 'scale' | 'offset', Readonly<Record<'epsilon', number>>>;
  /** Gradient of it, from what it returned. Returns `[dx, dscale [C], doffset [C]]`. */
  BatchNormTrainingGrad: KernelSignature<'dy' | 'x' | 'scale' | 'mean' | 'inverseStd'>;
  /** One Adam or AdamW update of all parameters, in place. Returns `[]`. Arithmetic: `torch.optim.Adam`. */
  AdamUpdate: KernelSignature<never, AdamUpdateAttrs>;
  /** One SGD update of all parameters, in place. Returns `[]`. Arithmetic: `torch.optim.SGD`. */
  SgdUpdate: KernelSignature<never, SgdUpdateAttrs>;
}

/** Lists run in parallel: entry i of each belongs to parameter i. */
export interface AdamUpdateAttrs {
  /** Values, updated in place. */
  readonly parameters: readonly TensorInfo[];
  /** Gradients, of the shapes of the parameters. */
  readonly gradients: readonly TensorInfo[];
  /** First moments, updated in place. */
  readonly firstMoments: readonly TensorInfo[];
  /** Second moments, updated in place. */
  readonly secondMoments: readonly TensorInfo[];
  /** Step size. */
  readonly learningRate: number;
  /** Share of the first moment that is kept at each update. */
  readonly beta1: number;
  /** Share of the second moment that is kept at each update. */
  readonly beta2: number;
  /** Added to the denominator, after the square root of the corrected second moment. */
  readonly epsilon: number;
  /** Share of the parameter that is added to its gradient; see `decoupledWeightDecay`. */
  readonly weightDecay: number;
  /** True for AdamW: the parameter is multiplied by `1 - learningRate * weightDecay` first. */
  readonly decoupledWeightDecay: boolean;
  /** Updates done, this one included: 1 at the first. */
  readonly step: number;
}

/** Lists run in parallel: entry i of each belongs to parameter i. */
export interface SgdUpdateAttrs {
  /** Values, updated in place. */
  readonly parameters: readonly TensorInfo[];
  /** Gradients, of the shapes of the parameters. */
  readonly gradients: readonly TensorInfo[];
  /** Momentum buffers, updated in place; empty when `momentum` is 0. */
  readonly momentumBuffers: readonly TensorInfo[];
  /** Step size. */
  readonly learningRate: number;
  /** Share of the momentum buffer that is kept at each update. */
  readonly momentum: number;
  /** Share of the gradient that does not enter the momentum buffer. */
  readonly dampening: number;
  /** Look ahead: step along `gradient + momentum × buffer`. */
  readonly nesterov: boolean;
  /** Share of the parameter that is added to its gradient. */
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
