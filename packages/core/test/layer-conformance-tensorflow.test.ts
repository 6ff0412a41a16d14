import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  copyRegisteredKernels,
  getKernel,
  type KernelConfig,
  registerBackend,
  registerKernel,
  setBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { layerConformance } from './layer-conformance.ts';

/**
 * The kernels of native TensorFlow that take `same` and `valid` only, as of tfjs-node 4.22. Its binary cannot be
 * downloaded everywhere that tests run, so the plain kernels stand in for it, with its refusals.
 */
const WITHOUT_EXPLICIT_PADDING = [
  'MaxPool',
  'MaxPoolGrad',
  'AvgPool',
  'AvgPoolGrad',
  'Conv2DBackpropFilter',
  'Conv2DBackpropInput',
];

function refusing({ kernelName, kernelFunc }: KernelConfig): KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc: (args) => {
      if (typeof args.attrs?.pad !== 'string') throw new Error("TF Backend supports only 'valid' and 'same' padding");
      return kernelFunc(args);
    },
  };
}

layerConformance('a backend with native TensorFlow’s limits', {
  setup: async () => {
    registerBackend('tensorflow', () => new MathBackendCPU());
    copyRegisteredKernels('cpu', 'tensorflow');
    for (const name of WITHOUT_EXPLICIT_PADDING) {
      unregisterKernel(name, 'tensorflow');
      registerKernel(refusing(getKernel(name, 'cpu')));
    }
    await setBackend('tensorflow');
  },
});
