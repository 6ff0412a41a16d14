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
import type { Config } from '../config/config.ts';

/** Every backend that a config can name, in the order in which `auto` tries them. */
export function backendDrivers({
  featureLevel = 'auto',
}: Partial<Pick<Config, 'featureLevel'>> = {}): readonly BackendDriver[] {
  return [
    simdBackend({ featureLevel }),
    wasmBackend(),
    cpuBackend(),
    nodeBackend(),
    nodeGpuBackend(),
    webgpuBackend(),
    webglBackend(),
  ];
}
