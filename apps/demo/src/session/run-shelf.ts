import type { Config } from '@cnn/cli/config';
import { type CheckpointStore, decodeCheckpoint, indexedDbStore, LAST_CHECKPOINT, memoryStore } from '@cnn/trainer';
import { HistoryShelf } from './history-shelf.ts';
import { differsLive } from './live-settings.ts';
import { keptFacts } from './run-keeper.ts';
import { steadyStore } from './steady-store.ts';
import { takeTabLock } from './tab-lock.ts';
import { historyId } from './weight-history.ts';

const DATABASE = 'cnn-demo-run';
const HISTORY_DATABASE = 'cnn-demo-history';
const PREVIOUS_CHECKPOINT = 'previous.safetensors';
const CONFIG = 'config.json';
const EARLIER = 'earlier-runs.json';

/** A run that was kept. */
export interface KeptRun {
  readonly config: Config;
  readonly step: number;
}

/** Checkpoints of the run that is open and of the one before; undefined where there is none. */
interface KeptBytes {
  readonly last: Uint8Array | undefined;
  readonly previous: Uint8Array | undefined;
}

/** Where the page's run is kept, and the one before it. Where the browser refuses, in memory. */
export class RunShelf {
  readonly #say: (title: string, detail: string) => void;
  #mine: Promise<boolean> | undefined;
  #store: Promise<CheckpointStore> | undefined;
  /** The weights that the runs had. */
  readonly histories: HistoryShelf = new HistoryShelf(async () =>
    (await this.#isMine()) ? indexedDbStore({ database: HISTORY_DATABASE }) : undefined,
  );

  /** @param say Told once when nothing can be kept. */
  constructor(say: (title: string, detail: string) => void) {
    this.#say = say;
  }

  /** The store for the trainer. */
  readonly store: CheckpointStore = {
    write: async (name, bytes) => (await this.#open()).write(name, bytes),
    read: async (name) => (await this.#open()).read(name),
    remove: async (name) => (await this.#open()).remove(name),
    list: async () => (await this.#open()).list(),
  };

  /** The run that an earlier visit left; null when there is none, or none that this page understands. */
  async kept(): Promise<KeptRun | null> {
    const bytes = await this.store.read(LAST_CHECKPOINT);
    if (!bytes) return null;
    try {
      const kept = await this.read(bytes);
      const config = await this.#remembered();
      return config && differsLive(kept.config, config) ? { ...kept, config } : kept;
    } catch {
      return null; // of another version of this page: a new run takes its place
    }
  }

  /** What the bytes of a checkpoint were configured with. @throws CnnError `invalid-file` when they are none. */
  async read(bytes: Uint8Array): Promise<KeptRun> {
    const { resolveConfig } = await import('./config-yaml.ts');
    const checkpoint = decodeCheckpoint(bytes, { where: 'the run' });
    const { run, config } = checkpoint.state;
    const written = keptFacts(checkpoint)?.config ?? config;
    return { config: resolveConfig(written), step: run.step };
  }

  /** Remembers what was changed since the last checkpoint. */
  async remember(config: Config): Promise<void> {
    await this.store.write(CONFIG, new TextEncoder().encode(JSON.stringify(config)));
  }

  /** Makes room for a new run: the last one becomes the previous one. */
  async setAside(): Promise<void> {
    const last = await this.store.read(LAST_CHECKPOINT);
    if (!last) return;
    await this.store.write(PREVIOUS_CHECKPOINT, last);
    await this.store.remove(LAST_CHECKPOINT);
  }

  /** The run that was set aside; null when there is none. */
  async previous(): Promise<KeptRun | null> {
    const bytes = await this.store.read(PREVIOUS_CHECKPOINT);
    return bytes ? this.read(bytes) : null;
  }

  /** The previous run becomes the last one, and the other way round. */
  async exchange(): Promise<void> {
    const { last, previous } = await this.#both();
    await this.#put({ last: previous, previous: last });
  }

  /** Remembers both runs as they are. @returns What puts them back. */
  async hold(): Promise<() => Promise<void>> {
    const both = await this.#both();
    return () => this.#put(both);
  }

  /** The curves of runs before, as `keepEarlier` was given them; null where none are kept. */
  async earlier(): Promise<string | null> {
    const bytes = await this.store.read(EARLIER);
    return bytes ? new TextDecoder().decode(bytes) : null;
  }

  /** Keeps the curves of runs before for the next visit. */
  async keepEarlier(text: string): Promise<void> {
    await this.store.write(EARLIER, new TextEncoder().encode(text));
  }

  /** Forgets the weights of runs that are neither open nor kept. @param open The history of the open run. */
  async forgetHistories(open: string): Promise<void> {
    const { last, previous } = await this.#both();
    await this.histories.keepOnly(new Set([open, ...[last, previous].map((bytes) => bytes && idIn(bytes))]));
  }

  async #both(): Promise<KeptBytes> {
    const [last, previous] = [await this.store.read(LAST_CHECKPOINT), await this.store.read(PREVIOUS_CHECKPOINT)];
    return { last, previous };
  }

  async #put({ last, previous }: KeptBytes): Promise<void> {
    const put = (name: string, bytes: Uint8Array | undefined): Promise<void> =>
      bytes ? this.store.write(name, bytes) : this.store.remove(name);
    await put(PREVIOUS_CHECKPOINT, previous);
    await put(LAST_CHECKPOINT, last);
  }

  async #remembered(): Promise<Config | null> {
    const bytes = await this.store.read(CONFIG);
    if (!bytes) return null;
    const { resolveConfig } = await import('./config-yaml.ts');
    return resolveConfig(JSON.parse(new TextDecoder().decode(bytes)));
  }

  #open(): Promise<CheckpointStore> {
    this.#store ??= this.#isMine().then((mine) => {
      if (mine) return steadyStore(indexedDbStore({ database: DATABASE }), (reason) => this.#refused(reason));
      this.#say('Another tab keeps its run', 'This one trains as well, but a reload begins anew.');
      return memoryStore();
    });
    return this.#store;
  }

  #isMine(): Promise<boolean> {
    this.#mine ??= takeTabLock(DATABASE);
    return this.#mine;
  }

  #refused(reason: unknown): void {
    const why = reason instanceof Error ? reason.message : String(reason);
    this.#say('This browser stores nothing', `Training works; a reload begins anew. ${why}`);
  }
}

function idIn(bytes: Uint8Array): string | undefined {
  try {
    return historyId(decodeCheckpoint(bytes));
  } catch {
    return undefined; // of another version of this page
  }
}
