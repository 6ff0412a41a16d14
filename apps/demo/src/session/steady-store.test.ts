import { type CheckpointStore, memoryStore } from '@cnn/trainer';
import { expect, test } from 'vitest';
import { steadyStore } from './steady-store.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('QuotaExceededError'));

test('a store that refuses is told of once, and what is written later can be read', async () => {
  const reasons: unknown[] = [];
  const refusing: CheckpointStore = { write: refuse, read: refuse, remove: refuse, list: refuse };
  const store = steadyStore(refusing, (reason) => reasons.push(reason));
  await store.write('last', Uint8Array.of(1, 2));
  await store.write('last', Uint8Array.of(3));
  expect(await store.read('last')).toEqual(Uint8Array.of(3));
  expect(reasons).toEqual([new Error('QuotaExceededError')]);
});

test('a store that works is used', async () => {
  const inner = memoryStore();
  const store = steadyStore(inner, () => expect.unreachable());
  await store.write('last', Uint8Array.of(7));
  expect(await inner.list()).toEqual(['last']);
  expect(await store.list()).toEqual(['last']);
});
