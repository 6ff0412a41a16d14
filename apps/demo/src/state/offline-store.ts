import { notify } from './notice-store.ts';
import { status, step } from './run-store.ts';

/** Remembers that this tab was reloaded for its threads: once is enough, whatever comes of it. */
const RELOADED = 'reloaded-for-threads';

/**
 * Has the page kept on the machine, after everything else is done. On a host without the headers for threads, the
 * service worker adds them from the next load on: the page loads itself again while nobody has touched it.
 */
export async function keepPage(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    await navigator.serviceWorker.ready;
  } catch {
    return; // Private windows and old browsers: the page works, with a network.
  }
  if (crossOriginIsolated) return;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
  }
  offerThreads();
}

function offerThreads(): void {
  const touched = navigator.userActivation?.hasBeenActive ?? true;
  const idle = status.peek() === 'ready' && step.peek() === 0;
  if (!touched && idle && markReload()) {
    location.reload();
    return;
  }
  notify({
    kind: 'info',
    title: 'Loaded again, the page computes with all cores',
    detail: 'Its host cannot send what threads need; the page now does that itself. Your run is kept.',
    action: { label: 'Load again', run: () => location.reload() },
  });
}

/** @returns False where it was marked before, or cannot be: then a reload could repeat for ever. */
function markReload(): boolean {
  try {
    if (sessionStorage.getItem(RELOADED)) return false;
    sessionStorage.setItem(RELOADED, '1');
    return true;
  } catch {
    return false;
  }
}
