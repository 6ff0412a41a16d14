import { type Signal, signal } from '@preact/signals';
import { attempt } from './attempt.ts';
import { config } from './config-store.ts';
import { runConfig } from './run-store.ts';
import { session } from './session-client.ts';

/** What may be asked of the run. */
type Lever = 'play' | 'step' | 'epoch';

/**
 * The lever that was pulled and has not taken effect yet: a run is being opened, and it waits for that. A person's click
 * is never lost.
 */
export const pulled: Signal<Lever | null> = signal(null);

let ready: () => void;
const opened = new Promise<void>((resolve) => {
  ready = resolve;
});

/** The first run of this page is open, or could not be: levers pulled until now take effect. */
export const leversReady = (): void => ready();

/** Trains until told otherwise; after the end of a run, longer than it was to. */
export const play = (): Promise<void> =>
  pull('play', async () => {
    if (runConfig.peek() === null) await session().run.open(config.peek()); // the first could not be opened
    await session().run.play();
  });
/** Takes one optimizer update. */
export const stepOnce = (): Promise<void> => pull('step', () => session().run.step(1));
/** Trains to the end of the epoch. */
export const trainEpoch = (): Promise<void> => pull('epoch', () => session().run.epoch());

/** Pauses after the step under way, and withdraws what was pulled before. */
export async function pause(): Promise<void> {
  pulled.value = null;
  await session().run.pause();
}

let pulls = 0;

async function pull(lever: Lever, send: () => Promise<void>): Promise<void> {
  const mine = ++pulls;
  pulled.value = lever;
  await opened;
  if (mine !== pulls || pulled.peek() === null) return; // another took its place, or it was withdrawn
  await attempt('Training cannot go on', send);
  if (mine === pulls) pulled.value = null;
}
