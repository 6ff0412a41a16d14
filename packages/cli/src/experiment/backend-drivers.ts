import { simdBackend } from '@cnn/backend-simd';
import {
  type BackendDriver,
  cpuBackend,
  nodeBackend,
  nodeGpuBackend,
  wasmBackend,
  webglBackend,
  webgpuBackend,
} from '@cnn/core';

/** Every backend that a config can name, in the order in which `auto` tries them. */
export function backendDrivers(): readonly BackendDriver[] {
  return [simdBackend(), wasmBackend(), cpuBackend(), nodeBackend(), nodeGpuBackend(), webgpuBackend(), webglBackend()];
}
