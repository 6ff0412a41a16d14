import { type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { runPlainKernel } from '../plain-kernel.ts';
import { reductionPlan } from './reduction-plan.ts';

/** Place, int32, of the first maximum (`sign` 1) or minimum (-1) along one axis. */
export function argExtremeKernel(kernelName: string, sign: 1 | -1): KernelConfig {
  return float32Kernel<{ x: TensorInfo }, { axis: number }>(kernelName, ({ inputs, attrs, backend }) => {
    const { x } = inputs;
    const axes = util.parseAxisParam(attrs.axis, x.shape);
    const plan = reductionPlan(x.shape, axes.slice(0, 1));
    if (util.sizeFromShape(x.shape) === 0 || !plan) return runPlainKernel(kernelName, { inputs, attrs, backend });
    const { outer, length, inner } = plan;
    const places = backend.output(
      x.shape.filter((_, axis) => axis !== axes[0]),
      'int32',
    );
    backend.run({
      kernel: 'argExtreme',
      args: [backend.pointer(x), places.pointer, length, inner, sign],
      tasks: outer,
      work: outer * length * inner,
    });
    return places.info;
  });
}
