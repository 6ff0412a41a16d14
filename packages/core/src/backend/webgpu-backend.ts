import { engine, version_core } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { activateBackend } from './activate-backend.ts';
import type { BackendDriver } from './backend-driver.ts';
import { loadPeer } from './load-peer.ts';

/** What the `webgpu` package (Dawn) offers. */
type Dawn = { create(flags: string[]): object; globals: Record<string, unknown> };

const REMEDY = 'Use a browser with WebGPU and a graphics driver, or the simd backend';

/**
 * WebGPU, `@tensorflow/tfjs-backend-webgpu`: in browsers as they are; in Node through the optional package `webgpu`,
 * which needs a Vulkan, Metal or Direct3D driver.
 */
export function webgpuBackend(): BackendDriver {
  return {
    name: 'webgpu',
    async load() {
      if (!('gpu' in (globalThis.navigator ?? {}))) await provideGpu();
      if (!(await requestAdapter())) throw noAdapter();
      // The package registers itself when it is imported, and only where it finds WebGPU.
      const peer = '@tensorflow/tfjs-backend-webgpu';
      await loadPeer('webgpu', peer, () => import('@tensorflow/tfjs-backend-webgpu'));
      if (!engine().findBackendFactory('webgpu') && !engine().findBackend('webgpu')) throw importedTooEarly();
      await activateBackend('webgpu', 'webgpu', REMEDY);
      // The package does not say its version; it is released with tfjs-core under the same one.
      return { name: 'webgpu', tfjsName: 'webgpu', threads: 1, version: version_core };
    },
  };
}

/** Gives Node what browsers have: `navigator.gpu` and the WebGPU constants. */
async function provideGpu(): Promise<void> {
  if (!isNode()) throw noAdapter();
  // Not a literal, so that bundlers do not look for a native package.
  const packageName = 'webgpu';
  const dawn = await loadPeer<Dawn>('webgpu', packageName, () => import(/* @vite-ignore */ packageName));
  Object.assign(globalThis, dawn.globals);
  const gpu = dawn.create([]);
  if (globalThis.navigator) {
    Object.defineProperty(globalThis.navigator, 'gpu', { value: gpu, configurable: true });
  } else {
    Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
  }
}

async function requestAdapter(): Promise<object | null> {
  const { gpu } = globalThis.navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
  return (await gpu?.requestAdapter()) ?? null;
}

function isNode(): boolean {
  return typeof process !== 'undefined' && process.versions?.node !== undefined;
}

function noAdapter(): CnnError {
  return new CnnError('unsupported', {
    where: 'backend webgpu',
    expected: 'a graphics device for WebGPU',
    received: 'none',
    remedy: REMEDY,
  });
}

function importedTooEarly(): CnnError {
  return new CnnError('unsupported', {
    where: 'backend webgpu',
    expected: '@tensorflow/tfjs-backend-webgpu to be imported by this driver',
    received: 'an import before WebGPU was there, at which it did not register itself',
    remedy: 'Do not import it yourself',
  });
}
