import type { BackendName, ImageShape } from '@cnn/core';
import { effect, type Signal, signal } from '@preact/signals';
import { type BackendTrial, tryBackend } from '../session/backend-trial.ts';
import { config, editConfig } from './config-store.ts';
import { notify } from './notice-store.ts';
import { backend, classNames, runConfig, runId, sampleShape, status, step } from './run-store.ts';

/** What a page can compute on, as it is shown. */
export const PAGE_BACKENDS: readonly BackendName[] = ['simd', 'webgpu', 'webgl', 'cpu'];

/** How much faster a rival must be to be worth other numbers. */
const WORTH_IT = 1.3;
/** The page is let settle before anything is measured unasked. */
const SETTLE_MS = 1500;

/** What is known of each backend, by measuring it. */
export const trials: Signal<ReadonlyMap<BackendName, BackendTrial>> = signal(new Map());
/** The one that is being measured. */
export const trying: Signal<BackendName | null> = signal(null);

let measuring: AbortController | undefined;

/** Measures these backends one after the other, in a Worker of their own. Ended by `stopMeasuring`. */
export async function measure(names: readonly BackendName[]): Promise<void> {
  stopMeasuring();
  const controller = new AbortController();
  measuring = controller;
  try {
    for (const name of names) {
      const current = runConfig.peek();
      if (!current) return;
      trying.value = name;
      const shape = sampleShape.peek() as ImageShape;
      const request = { name, config: current, sampleShape: shape, classNames: classNames.peek() };
      const trial = await tryBackend(request, controller.signal);
      trials.value = new Map([...trials.peek(), [name, trial]]);
    }
  } catch {
    // Ended: somebody wants to train.
  } finally {
    if (measuring === controller) trying.value = null;
  }
}

function stopMeasuring(): void {
  measuring?.abort();
  trying.value = null;
}

/** Lets the run compute on `name`, now and wherever it is opened again. */
export function useBackend(name: BackendName | 'auto'): void {
  stopMeasuring();
  editConfig((current) => ({ ...current, backend: name }));
}

/**
 * While nobody trains yet and the choice is the page's: measures WebGPU against simd, and takes it where it is clearly
 * faster. Training ends the measuring.
 */
export function compareWhileIdle(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    clearTimeout(timer);
    if (status.value === 'running') stopMeasuring();
    const idle = status.value === 'ready' && config.value.backend === 'auto' && runId.value > 0;
    if (!idle || trials.peek().has('webgpu') || !('gpu' in navigator)) return;
    timer = setTimeout(() => void compare(), SETTLE_MS);
  });
}

async function compare(): Promise<void> {
  const { gpu } = navigator as {
    gpu?: { requestAdapter(): Promise<{ info?: { isFallbackAdapter?: boolean } } | null> };
  };
  const adapter = await gpu?.requestAdapter();
  if (!adapter || adapter.info?.isFallbackAdapter) return; // in software it is no rival, and costs a minute
  await measure(['webgpu', 'simd']);
  const [rival, own] = [trials.peek().get('webgpu'), trials.peek().get('simd')];
  if (!rival?.usable || !own?.usable || own.stepMs < WORTH_IT * rival.stepMs) return;
  if (step.peek() > 0 || status.peek() !== 'ready' || backend.peek()?.name !== 'simd') return;
  useBackend('webgpu');
  const times = (own.stepMs / rival.stepMs).toFixed(1);
  notify({
    kind: 'info',
    title: 'Training on WebGPU',
    detail: `Measured on your network: ${times} times as fast as simd.`,
  });
}
