import type { HostTensor, JsonValue, StateDict } from '@cnn/core';
import type { Callback, Checkpoint } from '@cnn/trainer';
import type { HistoryShelf } from './history-shelf.ts';

/** All weights of a network after one step. */
export interface WeightSnapshot {
  readonly step: number;
  readonly state: StateDict;
}

/** How much is kept, and where. */
export interface WeightHistoryOptions {
  /** Memory that snapshots may take. Default 64 MiB. */
  readonly budgetBytes?: number;
  /** Keeps them for the next visit. Default: nothing does. */
  readonly shelf?: HistoryShelf | undefined;
}

/** A moment that is remembered: in memory, on the shelf, or both. */
interface Moment {
  readonly step: number;
  readonly sizeBytes: number;
  state?: StateDict;
  shelved: boolean;
}

/** What a checkpoint holds of a history. */
type Facts = {
  readonly id: string;
  readonly growth: number;
  readonly moments: readonly { readonly step: number; readonly sizeBytes: number }[];
};

/** Where the history stands in the file of a checkpoint. */
const NAME = 'weight-history';
/** The next snapshot is due when a run has grown by this part: the first steps change most. */
const GROWTH = 1.12;
const BUDGET_BYTES = 64 * 2 ** 20;

/**
 * Remembers how a network came to be: its weights at the first step, and then at growing distances. When the memory is
 * full, every second snapshot goes and the distances double; the first and the last always stay. A run that is resumed
 * from a checkpoint has the moments up to it again.
 */
export class WeightHistory {
  readonly #budgetBytes: number;
  readonly #shelf: HistoryShelf | undefined;
  #id: string = newId();
  #moments: Moment[] = [];
  #forgotten: number[] = [];
  #growth = GROWTH;
  #dueAt = 0;
  #shelving: Promise<void> | undefined;

  constructor({ budgetBytes = BUDGET_BYTES, shelf }: WeightHistoryOptions = {}) {
    this.#budgetBytes = budgetBytes;
    this.#shelf = shelf;
  }

  /** Put it among the callbacks of a run, and it records. It only reads. */
  readonly callback: Callback = {
    name: NAME,
    onRunStart: ({ state, model }) => this.record(state.step, () => model.stateDict()),
    onStepEnd: ({ state, model }) => this.record(state.step, () => model.stateDict()),
    onCheckpointSaved: () => void this.shelve(), // meanwhile training goes on
    saveState: () => this.#facts(),
    loadState: (facts) => this.#resume(facts),
  };

  /** Names the run on the shelf. */
  get id(): string {
    return this.#id;
  }

  /** Steps of the snapshots, in order. */
  get steps(): number[] {
    return this.#moments.map(({ step }) => step);
  }

  /** Of all snapshots, those on the shelf alone included. */
  get sizeBytes(): number {
    return this.#moments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** The snapshot of this step, or the last one before it; undefined before the first. */
  async at(step: number): Promise<WeightSnapshot | undefined> {
    const moment = this.#moments.findLast((other) => other.step <= step);
    if (!moment) return undefined;
    const state = moment.state ?? (await this.#shelf?.read(this.#id, moment.step));
    if (state) {
      moment.state = state;
      return { step: moment.step, state };
    }
    this.#moments = this.#moments.filter((other) => other !== moment); // cleared from outside
    return this.at(step);
  }

  /** Keeps what `read` returns, if one is due at `step`. */
  async record(step: number, read: () => Promise<StateDict>): Promise<void> {
    if (step < this.#dueAt) return;
    const state = await read();
    this.#moments.push({ step, state, sizeBytes: sizeOf(state), shelved: false });
    while (this.#moments.length > 2 && this.sizeBytes > this.#budgetBytes) this.#thin();
    this.#dueAt = this.#next(step);
  }

  /** Brings the shelf to the present. */
  shelve(): Promise<void> {
    this.#shelving ??= this.#shelve().finally(() => {
      this.#shelving = undefined;
    });
    return this.#shelving;
  }

  async #shelve(): Promise<void> {
    const shelf = this.#shelf;
    if (!shelf) return;
    for (let next = this.#unshelved(); next; next = this.#unshelved()) {
      if (!(await shelf.write(this.#id, next.step, next.state!))) return;
      next.shelved = true;
      if (!this.#moments.includes(next)) this.#forgotten.push(next.step); // thinned meanwhile
    }
    for (const step of this.#forgotten.splice(0)) await shelf.remove(this.#id, step);
  }

  #unshelved(): Moment | undefined {
    return this.#moments.find(({ shelved, state }) => !shelved && state);
  }

  #facts(): JsonValue {
    const moments = this.#moments.map(({ step, sizeBytes }) => ({ step, sizeBytes }));
    return { id: this.#id, growth: this.#growth, moments };
  }

  /** What was remembered at the checkpoint: what came after it happens again, and may happen otherwise. */
  async #resume(facts: JsonValue): Promise<void> {
    if (!isFacts(facts)) return; // a file that was written by somebody else: its past is not known
    const { id, growth, moments } = facts;
    const shelved = (await this.#shelf?.steps(id)) ?? new Set();
    const own = id === this.#id ? this.#moments : [];
    this.#id = id;
    this.#growth = growth;
    this.#moments = moments.flatMap(({ step, sizeBytes }) => {
      const inMemory = own.find((moment) => moment.step === step);
      return inMemory ?? (shelved.has(step) ? { step, sizeBytes, shelved: true } : []);
    });
    const last = this.#moments.at(-1);
    this.#dueAt = last ? this.#next(last.step) : 0;
  }

  #next(step: number): number {
    return Math.max(step + 1, Math.ceil(step * this.#growth));
  }

  #thin(): void {
    const last = this.#moments.length - 1;
    const stays = (index: number): boolean => index % 2 === 0 || index === last;
    this.#forgotten.push(...this.#moments.filter((moment, i) => moment.shelved && !stays(i)).map(({ step }) => step));
    this.#moments = this.#moments.filter((_, index) => stays(index));
    this.#growth **= 2;
  }
}

/** The name of the run on the shelf that a checkpoint speaks of; undefined where it speaks of none. */
export function historyId({ state }: Checkpoint): string | undefined {
  const facts = state.callbacks[NAME];
  return facts !== undefined && isFacts(facts) ? facts.id : undefined;
}

function isFacts(facts: JsonValue): facts is Facts {
  if (typeof facts !== 'object' || facts === null) return false;
  const { id, growth, moments } = facts as Partial<Facts>;
  return typeof id === 'string' && typeof growth === 'number' && Array.isArray(moments);
}

/** Also where a page is not secure, and `randomUUID` is missing. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function sizeOf(state: StateDict): number {
  return [...state.values()].reduce((sum: number, { data }: HostTensor) => sum + data.byteLength, 0);
}
