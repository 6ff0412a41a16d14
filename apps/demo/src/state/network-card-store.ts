import { effect, type Signal, signal } from '@preact/signals';
import type { NetworkCard } from '../session/inspection-request.ts';
import { notifyError } from './notice-store.ts';
import { runId } from './run-store.ts';
import { session } from './session-client.ts';

/** The layers of the open run's network, its classes, and how many test images there are; null until a run is open. */
export const network: Signal<NetworkCard | null> = signal(null);

/** Counts the weights that were put into the network from outside since the run was opened. */
export const broughtWeights: Signal<number> = signal(0);

/** Told by whoever has put weights into the network: who shows it looks again. */
export function noteBroughtWeights(): void {
  broughtWeights.value++;
}

effect(() => {
  void runId.value;
  broughtWeights.value = 0;
});

effect(() => {
  if (runId.value > 0) void fetchCard();
});

async function fetchCard(): Promise<void> {
  try {
    network.value = await session().inspection.layers();
  } catch (error) {
    notifyError('The network cannot be looked into', error);
  }
}
