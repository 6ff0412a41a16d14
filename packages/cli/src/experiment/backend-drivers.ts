import { registerSimdBackend } from '@cnn/backend-simd';
import {
  activateBackend,
  type BackendDriver,
  cpuBackend,
  nodeBackend,
  nodeGpuBackend,
  wasmBackend,
  webglBackend,
  webgpuBackend,
} from '@cnn/core';

function simdBackend(): BackendDriver {
  return {
    name: 'simd',
    async load({ threads }) {
      registerSimdBackend({ threads });
      await activateBackend('simd', 'simd', 'none');
      return { name: 'simd', tfjsName: 'simd', threads: 1, version: '0' };
    },
  };
}

/** Every backend that a config can name, in the order in which `auto` tries them. */
export function backendDrivers(): readonly BackendDriver[] {
  return [simdBackend(), wasmBackend(), cpuBackend(), nodeBackend(), nodeGpuBackend(), webgpuBackend(), webglBackend()];
}
