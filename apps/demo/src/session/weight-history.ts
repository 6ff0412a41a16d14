import type { HostTensor, StateDict } from '@cnn/core';
import type { Callback } from '@cnn/trainer';

/** All weights of a network after one step. */
export interface WeightSnapshot {
  readonly step: number;
  readonly state: StateDict;
}

/** How much is kept. */
export interface WeightHistoryOptions {
  /** Memory that snapshots may take. Default 64 MiB. */
  readonly budgetBytes?: number;
}

/** The next snapshot is due when a run has grown by this part: the first steps change most. */
const GROWTH = 1.12;
const BUDGET_BYTES = 64 * 2 ** 20;

/**
 * Remembers how a network came to be: its weights at the first step, and then at growing distances. When the memory is
 * full, every second snapshot goes and the distances double; the first and the last always stay.
 */
export class WeightHistory {
  readonly #budgetBytes: number;
  #snapshots: WeightSnapshot[] = [];
  #growth = GROWTH;
  #dueAt = 0;

  constructor({ budgetBytes = BUDGET_BYTES }: WeightHistoryOptions = {}) {
    this.#budgetBytes = budgetBytes;
  }

  /** Put it among the callbacks of a run, and it records. It only reads. */
  readonly callback: Callback = {
    name: 'weight-history',
    onRunStart: ({ state, model }) => this.record(state.step, () => model.stateDict()),
    onStepEnd: ({ state, model }) => this.record(state.step, () => model.stateDict()),
  };

  /** Steps of the snapshots, in order. */
  get steps(): number[] {
    return this.#snapshots.map(({ step }) => step);
  }

  get sizeBytes(): number {
    return this.#snapshots.reduce((sum, { state }) => sum + sizeOf(state), 0);
  }

  /** The snapshot of this step, or the last one before it; undefined before the first. */
  at(step: number): WeightSnapshot | undefined {
    return this.#snapshots.findLast((snapshot) => snapshot.step <= step);
  }

  /** Keeps what `read` returns, if one is due at `step`. */
  async record(step: number, read: () => Promise<StateDict>): Promise<void> {
    if (step < this.#dueAt) return;
    this.#snapshots.push({ step, state: await read() });
    while (this.#snapshots.length > 2 && this.sizeBytes > this.#budgetBytes) this.#thin();
    this.#dueAt = Math.max(step + 1, Math.ceil(step * this.#growth));
  }

  #thin(): void {
    const last = this.#snapshots.length - 1;
    this.#snapshots = this.#snapshots.filter((_, index) => index % 2 === 0 || index === last);
    this.#growth **= 2;
  }
}

function sizeOf(state: StateDict): number {
  return [...state.values()].reduce((sum: number, { data }: HostTensor) => sum + data.byteLength, 0);
}
