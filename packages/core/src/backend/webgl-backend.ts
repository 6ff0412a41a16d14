import { activateBackend } from './activate-backend.ts';
import type { BackendDriver } from './backend-driver.ts';
import { loadPeer } from './load-peer.ts';

/** WebGL in browsers, `@tensorflow/tfjs-backend-webgl`: for devices without WebGPU. */
export function webglBackend(): BackendDriver {
  return {
    name: 'webgl',
    async load() {
      const peer = '@tensorflow/tfjs-backend-webgl';
      const { version_webgl } = await loadPeer('webgl', peer, () => import('@tensorflow/tfjs-backend-webgl'));
      await activateBackend('webgl', 'webgl', 'Use a browser with WebGL, or the simd backend');
      return { name: 'webgl', tfjsName: 'webgl', threads: 1, version: version_webgl };
    },
  };
}
