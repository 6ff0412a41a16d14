import { cpuBackend, selectBackend, wasmBackend } from '@cnn/core';
import { layerConformance } from './layer-conformance.ts';

layerConformance('cpu', { setup: () => selectBackend('cpu', [cpuBackend()]) });
layerConformance('wasm', { setup: () => selectBackend('wasm', [wasmBackend()], { threads: 1 }) });
