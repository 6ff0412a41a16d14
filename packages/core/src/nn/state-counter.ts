import type { HostTensor, StateEntry } from './state-entry.ts';

/** A whole number that a module counts on the host, an int64 scalar in its state dict. */
export class StateCounter implements StateEntry {
  readonly shape: readonly number[] = [];
  /** The number itself; whoever counts adds to it. */
  count = 0;

  async read(): Promise<HostTensor> {
    return { dtype: 'int64', shape: this.shape, data: new BigInt64Array([BigInt(this.count)]) };
  }

  write(value: HostTensor): void {
    this.count = Number(value.data[0] ?? 0);
  }

  /** Nothing to free. */
  dispose(): void {}
}
