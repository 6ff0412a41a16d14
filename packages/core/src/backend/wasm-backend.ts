import { activateBackend } from './activate-backend.ts';
import type { BackendDriver } from './backend-driver.ts';
import { loadPeer } from './load-peer.ts';
import { registerWasmKernels } from './wasm-kernels.ts';

/** Options of `wasmBackend`. */
export interface WasmBackendOptions {
  /** Folder or URL prefix of its `.wasm` files. Needed in browsers; in Node they are found by themselves. */
  readonly path?: string;
  /**
   * Add what it lacks for training and replace what is wrong. Default true; false leaves the package as it is, to be
   * examined: it does not train.
   */
  readonly repair?: boolean;
}

/** `@tensorflow/tfjs-backend-wasm` with the kernels that it lacks for training. */
export function wasmBackend({ path, repair = true }: WasmBackendOptions = {}): BackendDriver {
  return {
    name: 'wasm',
    async load({ threads }) {
      const peer = '@tensorflow/tfjs-backend-wasm';
      const wasm = await loadPeer('wasm', peer, () => import('@tensorflow/tfjs-backend-wasm'));
      if (path !== undefined) wasm.setWasmPaths(path);
      if (threads !== 'auto') wasm.setThreadsCount(threads);
      if (repair) registerWasmKernels();
      await activateBackend('wasm', 'wasm', "Serve the package's .wasm files and pass their folder as path");
      return { name: 'wasm', tfjsName: 'wasm', threads: wasm.getThreadsCount(), version: wasm.version_wasm };
    },
  };
}
