import { type BatchSourceState, CnnError } from '@cnn/core';

/** Position of a `DataLoader`, and what it is a position in. */
export interface LoaderState {
  readonly epoch: number;
  /** Batches handed out in this epoch. */
  readonly position: number;
  /** Seed of this epoch's order; `null` before it is drawn, or when unshuffled. */
  readonly orderSeed: number | null;
}

/** What must be the same for a position to mean the same batches. */
export type LoaderIdentity = Readonly<Record<'samples' | 'batchSize' | 'shuffle' | 'dropLast', number | boolean>>;

/** @throws CnnError `state-mismatch` when `state` is no loader's, or belongs to another data set size, batch size or order. */
export function parseLoaderState(state: BatchSourceState, identity: LoaderIdentity): LoaderState {
  for (const [key, value] of Object.entries(identity)) {
    if (state[key] !== value) throw mismatch(key, String(value), state[key]);
  }
  const { epoch, position, orderSeed } = state;
  if (!isCount(epoch)) throw mismatch('epoch', 'a count', epoch);
  if (!isCount(position)) throw mismatch('position', 'a count of batches', position);
  if (orderSeed !== null && !isCount(orderSeed)) throw mismatch('orderSeed', 'a 32-bit seed or null', orderSeed);
  return { epoch, position, orderSeed };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function mismatch(key: string, expected: string, received: unknown): CnnError {
  return new CnnError('state-mismatch', {
    where: `DataLoader.restore, ${key}`,
    expected,
    received: JSON.stringify(received) ?? 'nothing',
    remedy: 'Resume with the data set, batch size and order that the run was started with',
  });
}
