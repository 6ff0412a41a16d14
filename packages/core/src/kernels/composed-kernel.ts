import {
  engine,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  Tensor,
  type TensorInfo,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * A kernel made of other operations, for a backend that lacks it.
 *
 * @param compute Given the inputs and attributes, returns a new tensor; what it makes on the way is disposed.
 */
export function composedKernel<Attrs extends NamedAttrMap>(
  kernelName: string,
  backendName: string,
  compute: (inputs: Readonly<Record<string, Tensor>>, attrs: Attrs) => Tensor,
): KernelConfig {
  return {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const result = tidy(() => compute(asTensors(inputs), attrs as Attrs));
      const { dataId, shape, dtype } = result;
      // The engine wraps the returned data in a tensor of its own: it must outlive this one.
      (backend as { incRef(dataId: object): void }).incRef(dataId);
      result.dispose();
      return { dataId, shape, dtype };
    },
  };
}

/** The engine passes tensors, other kernels plain descriptions of them. */
function asTensors(inputs: NamedTensorInfoMap): Record<string, Tensor> {
  const asTensor = (info: TensorInfo): Tensor =>
    info instanceof Tensor ? info : engine().makeTensorFromTensorInfo(info);
  return Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, asTensor(info!)]));
}
