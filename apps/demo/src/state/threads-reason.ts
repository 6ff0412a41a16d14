import { config } from './config-store.ts';
import { backend } from './run-store.ts';

/** Whether simd has threads here, and why not more. */
export function threadsReason(): string {
  if (!globalThis.crossOriginIsolated) {
    return (
      'Threads are off: the page is not cross-origin isolated. Its host sends no COOP and COEP headers, and the service ' +
      'worker that adds them is not in charge (yet): reload once, or leave the private window.'
    );
  }
  const cores = navigator.hardwareConcurrency;
  const { threads: wanted } = config.value;
  const threads = backend.value?.name === 'simd' ? backend.value.threads : Math.max(1, cores - 1);
  const count = `simd computes with ${threads === 1 ? 'one thread' : `${threads} threads`}`;
  if (wanted !== 'auto') return `${count}, as it was configured.`;
  return cores > 1 ? `${count}: of ${cores} cores, one is left to the page.` : `${count}: this machine has one core.`;
}
