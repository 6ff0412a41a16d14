import type { Config } from '@cnn/cli/config';
import { effect } from '@preact/signals';
import { proxy } from 'comlink';
import { readLinkHash } from '../share/config-link.ts';
import { isOwnAddress, pinned, writeAddress } from '../share/share-config.ts';
import { attempt } from './attempt.ts';
import { compareWhileIdle } from './backend-store.ts';
import { config, configOpened, sameRun } from './config-store.ts';
import { followEarlierRuns } from './earlier-runs-store.ts';
import { leversReady } from './levers-store.ts';
import { notify, notifyError } from './notice-store.ts';
import { backend, runConfig, runId, status, step, takeEvent } from './run-store.ts';
import { session } from './session-client.ts';

/** Configurations that were sent to the Worker and not yet answered. */
let pending = 0;
/** The last that was sent. */
let sent: Config | null = null;
/** How long the address waits for the next change. */
const ADDRESS_DELAY_MS = 400;
let addressTimer: ReturnType<typeof setTimeout> | undefined;

/**
 * Starts the Worker and opens a run in it: the one that the address names, else the one that an earlier visit left, else
 * the page's first. From then on the Worker's run follows `config`.
 */
export async function startSession(): Promise<void> {
  await session().run.listen(proxy(takeEvent));
  await followEarlierRuns();
  const linked = await readLink();
  const kept = await session().run.kept();
  const former = kept && kept.step > 0 ? kept : null;
  if (linked && !(former && (isOwnAddress() || sameRun(former.config, linked)))) {
    await openLinked(linked);
    if (former && runConfig.value !== null) offerFormer(former.step);
  }
  if (former && runConfig.value === null) {
    await attempt('The run of your last visit cannot go on', () => session().run.restore(former));
  }
  if (runConfig.value === null) {
    await attempt('This run cannot begin', () => session().run.open(config.peek()));
  }
  configOpened(runConfig.peek());
  if (runConfig.peek() === null) sent = config.peek(); // it could not begin: that was said
  effect(() => {
    void follow(config.value);
  });
  effect(adoptRunConfig);
  leversReady();
  compareWhileIdle();
  effect(keepAddress);
  addEventListener('hashchange', () => void openLink());
  addEventListener('pagehide', () => void session().run.save());
  document.addEventListener('visibilitychange', () => document.hidden && void session().run.save());
}

/** Opens the run of a link; where its data are not here, says how to get them. */
async function openLinked(linked: Config): Promise<void> {
  try {
    await session().run.open(linked);
  } catch (error) {
    const { awaitData } = await import('./awaited-data.ts');
    const awaits = await awaitData(linked, openRun);
    if (!awaits) notifyError('The run of this link cannot begin', error);
  }
}

/** Makes the run what a file says. The run before is set aside where another takes its place. */
export async function openConfig(wanted: Config, label: string): Promise<void> {
  const [run, steps] = [runId.peek(), step.peek()];
  await attempt(`The run of ${label} cannot begin`, () => session().run.configure(wanted));
  if (runId.peek() !== run && steps > 0) offerFormer(steps);
}

/** Opens a new run, whatever was open; the curve of the run so far stays to compare with. */
export async function openRun(wanted: Config): Promise<void> {
  await attempt('This run cannot begin', () => session().run.open(wanted));
}

/** The page shows what the Worker's run is, unless something newer is on its way there. */
function adoptRunConfig(): void {
  const current = runConfig.value;
  if (current && pending === 0 && JSON.stringify(current) !== JSON.stringify(config.peek())) config.value = current;
}

/** The address follows the run. */
function keepAddress(): void {
  void [runConfig.value, backend.value];
  putAddress();
}

/** Makes the address that of the run, a little later: while something is dragged it would change all the time. */
function putAddress(): void {
  clearTimeout(addressTimer);
  addressTimer = setTimeout(() => {
    const current = runConfig.peek();
    if (!current) return;
    writeAddress(pinned(current, backend.peek() ?? undefined)).catch((error: unknown) =>
      notifyError('The address cannot be kept', error),
    );
  }, ADDRESS_DELAY_MS);
}

async function follow(wanted: Config): Promise<void> {
  const known = pending > 0 ? sent : (runConfig.peek() ?? sent);
  if (JSON.stringify(wanted) === JSON.stringify(known)) return;
  pending++;
  sent = wanted;
  await attempt('This change cannot be made', () => session().run.configure(wanted));
  pending--;
  adoptRunConfig();
}

/** The configuration in the address; null when there is none, or none that can be read. */
async function readLink(): Promise<Config | null> {
  try {
    const text = await readLinkHash(location.hash);
    return text === null ? null : await session().config.parse(text, 'link');
  } catch (error) {
    notifyError('This link cannot be read', error);
    return null;
  }
}

async function openLink(): Promise<void> {
  const linked = await readLink();
  if (location.hash.startsWith('#c=')) putAddress(); // that of the run, also where another cannot be opened
  if (!linked || status.peek() === 'opening' || (runConfig.value && sameRun(linked, runConfig.value))) return;
  const [run, steps] = [runId.peek(), step.peek()];
  await openLinked(linked);
  if (runId.peek() !== run && steps > 0) offerFormer(steps);
}

function offerFormer(formerStep: number): void {
  notify({
    kind: 'info',
    title: 'A new run is open',
    detail: `The one before, of ${formerStep.toLocaleString('en')} steps, is kept.`,
    action: {
      label: 'Bring it back',
      run: () => attempt('It cannot be brought back', () => session().run.bringBack()),
    },
  });
}
