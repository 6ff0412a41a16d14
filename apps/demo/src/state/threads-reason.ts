import { backend } from './run-store.ts';

/** Whether simd has threads here, and why not. */
export function threadsReason(): string {
  const threads = backend.value?.name === 'simd' ? backend.value.threads : 0;
  if (threads > 1) return `simd computes with ${threads} threads: the page is cross-origin isolated.`;
  if (globalThis.crossOriginIsolated) return 'This machine has one core for the page, so simd has one thread.';
  return (
    'Threads are off: the page is not cross-origin isolated. Its host sends no COOP and COEP headers, and the service ' +
    'worker that adds them is not in charge (yet): reload once, or leave the private window.'
  );
}
