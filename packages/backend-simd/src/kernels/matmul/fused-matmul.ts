import { _FusedMatMul, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { type ActivationAttrs, applyActivation } from '../conv/apply-activation.ts';
import { float32Kernel } from '../float32-kernel.ts';
import { isBiasShape } from '../fusion/fuse-into-convolution.ts';
import { type MatMulAttrs, runMatMul } from './batch-matmul.ts';

/** The product of `a` `[..., M, K]` and `b` `[..., K, N]`, with bias and activation. */
export const fusedMatMul: KernelConfig = float32Kernel<
  { a: TensorInfo; b: TensorInfo; bias?: TensorInfo; preluActivationWeights?: TensorInfo },
  MatMulAttrs & ActivationAttrs
>(_FusedMatMul, ({ inputs, attrs, backend }) => {
  const { a, b, bias, preluActivationWeights: alpha } = inputs;
  const columns = b.shape.at(attrs.transposeB ? -2 : -1) ?? 0;
  const ownBias = bias && isBiasShape(bias.shape, columns) ? bias : undefined;
  const relu = attrs.activation === 'relu' && (!bias || ownBias !== undefined);
  const y = runMatMul(backend, { a, b, attrs, relu, ...(ownBias ? { bias: ownBias } : {}) });
  return relu ? y : applyActivation(backend, y, { attrs, alpha, bias: ownBias ? undefined : bias });
});
