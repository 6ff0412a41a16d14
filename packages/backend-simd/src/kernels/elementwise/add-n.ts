import { AddN, type KernelConfig, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { float32Kernel } from '../float32-kernel.ts';
import { elementwiseJob } from './elementwise-job.ts';

/** Sum of any number of tensors of one shape, in their order. */
export const addN: KernelConfig = float32Kernel<Record<string, TensorInfo>>(AddN, ({ inputs, backend }) => {
  const tensors = Object.values(inputs);
  const { shape } = tensors[0]!;
  const size = util.sizeFromShape(shape);
  const y = backend.output(shape);
  const addresses = tensors.map((tensor) => backend.pointer(tensor));
  const list = backend.memoryPool.allocate(4 * addresses.length);
  backend.memoryPool.integers(list.pointer, addresses.length).set(addresses);
  const job = elementwiseJob('addN', size, [list.pointer, addresses.length, y.pointer, size]);
  backend.run({ ...job, work: size * addresses.length });
  list.release();
  return y.info;
});
