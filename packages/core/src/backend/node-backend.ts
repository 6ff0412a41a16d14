import { activateBackend } from './activate-backend.ts';
import type { BackendDriver, BackendName } from './backend-driver.ts';
import { loadPeer } from './load-peer.ts';

/** What the packages of native TensorFlow offer. */
type TensorFlowNode = { version: { 'tfjs-node': string } };
/** Functions that Node 23 removed and tfjs-node 4.22 still calls. */
type LegacyUtil = { isNullOrUndefined?: (value: unknown) => boolean; isArray?: (value: unknown) => boolean };

/** Native TensorFlow on the CPU, the optional package `@tensorflow/tfjs-node`. Node only. */
export function nodeBackend(): BackendDriver {
  return nativeBackend('node', '@tensorflow/tfjs-node');
}

/** Native TensorFlow on an NVIDIA GPU, the optional package `@tensorflow/tfjs-node-gpu`. Node on Linux only. */
export function nodeGpuBackend(): BackendDriver {
  return nativeBackend('node-gpu', '@tensorflow/tfjs-node-gpu');
}

function nativeBackend(name: BackendName, packageName: string): BackendDriver {
  return {
    name,
    async load() {
      const { default: tensorflow } = await loadPeer<{ default: TensorFlowNode }>(name, packageName, async () => {
        await restoreLegacyUtil();
        return import(/* @vite-ignore */ packageName);
      });
      await activateBackend(
        name,
        'tensorflow',
        'Rebuild it: npm rebuild @tensorflow/tfjs-node --build-addon-from-source',
      );
      return { name, tfjsName: 'tensorflow', threads: await coreCount(), version: tensorflow.version['tfjs-node'] };
    },
  };
}

async function restoreLegacyUtil(): Promise<void> {
  const util = await nodeModule<LegacyUtil>('node:util');
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

/** TensorFlow's own choice of threads. */
async function coreCount(): Promise<number> {
  return (await nodeModule<{ availableParallelism(): number }>('node:os')).availableParallelism();
}

/** By a name that is no literal, so that bundlers for browsers do not look for it. */
async function nodeModule<Exports>(name: string): Promise<Exports> {
  return ((await import(/* @vite-ignore */ name)) as { default: Exports }).default;
}
