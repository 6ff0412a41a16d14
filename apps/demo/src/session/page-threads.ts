import type { Config } from '@cnn/cli/config';

/**
 * Threads that compute in a page. `auto` leaves it a core: one that has to fight for its turn stumbles, and with it the
 * training, whose threads wait for one another. What a config says in numbers holds.
 */
export function pageThreads(
  threads: Config['threads'],
  cores: number = globalThis.navigator?.hardwareConcurrency ?? 1,
): Config['threads'] {
  return threads === 'auto' ? Math.max(1, cores - 1) : threads;
}
