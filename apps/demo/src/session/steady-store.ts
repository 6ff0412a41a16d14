import { type CheckpointStore, memoryStore } from '@cnn/trainer';

/**
 * A store that never fails: when `store` refuses (private windows, no space), it says so once and keeps everything in
 * memory from then on. Training goes on; only a reload begins anew.
 */
export function steadyStore(store: CheckpointStore, onRefused: (reason: unknown) => void): CheckpointStore {
  const memory = memoryStore();
  let current = store;
  const attempt = async <Result>(work: (store: CheckpointStore) => Promise<Result>): Promise<Result> => {
    if (current === memory) return work(memory);
    try {
      return await work(current);
    } catch (reason) {
      if (current !== memory) onRefused(reason);
      current = memory;
      return work(memory);
    }
  };
  return {
    write: (name, bytes) => attempt((to) => to.write(name, bytes)),
    read: (name) => attempt((from) => from.read(name)),
    remove: (name) => attempt((from) => from.remove(name)),
    list: () => attempt((from) => from.list()),
  };
}
