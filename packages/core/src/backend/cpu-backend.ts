import { activateBackend } from './activate-backend.ts';
import type { BackendDriver } from './backend-driver.ts';
import { loadPeer } from './load-peer.ts';

/** Plain JavaScript, `@tensorflow/tfjs-backend-cpu`: runs everywhere, slowly. */
export function cpuBackend(): BackendDriver {
  return {
    name: 'cpu',
    async load() {
      const peer = '@tensorflow/tfjs-backend-cpu';
      const { version_cpu } = await loadPeer('cpu', peer, () => import('@tensorflow/tfjs-backend-cpu'));
      await activateBackend('cpu', 'cpu', 'Install the same version of tfjs-core and its cpu backend');
      return { name: 'cpu', tfjsName: 'cpu', threads: 1, version: version_cpu };
    },
  };
}
