import { type Signal, signal } from '@preact/signals';
import { attempt } from './attempt.ts';
import { config } from './config-store.ts';
import { runConfig } from './run-store.ts';
import { session } from './session-client.ts';

/** A lever was pulled and has not taken effect yet: where a run is being opened, it waits for that. */
export const pulled: Signal<boolean> = signal(false);

let ready: () => void;
const opened = new Promise<void>((resolve) => {
  ready = resolve;
});
let pulls = 0;

/** The first run of this page is open, or could not be: levers pulled until now take effect. */
export const leversReady = (): void => ready();

/** Trains until told otherwise; after the end of a run, longer than it was to. */
export const play = (): Promise<void> =>
  pull(async () => {
    if (runConfig.peek() === null) await session().run.open(config.peek()); // the first could not be opened
    await session().run.play();
  });
/** Takes one optimizer update. */
export const stepOnce = (): Promise<void> => pull(() => session().run.step(1));
/** Trains to the end of the epoch. */
export const trainEpoch = (): Promise<void> => pull(() => session().run.epoch());

/** Pauses after the step under way, and withdraws what was pulled before. */
export async function pause(): Promise<void> {
  pulled.value = false;
  await session().run.pause();
}

async function pull(send: () => Promise<void>): Promise<void> {
  const mine = ++pulls;
  pulled.value = true;
  await opened;
  if (mine !== pulls || !pulled.peek()) return; // another took its place, or it was withdrawn
  await attempt('Training cannot go on', send);
  if (mine === pulls) pulled.value = false;
}
