import type { Config } from '@cnn/cli/config';

/** More threads than these for each core would only wait for one another: results are the same with any number. */
const MOST_PER_CORE = 4;

/**
 * Threads that compute in a page. `auto` leaves it a core: one that has to fight for its turn stumbles, and with it the
 * training, whose threads wait for one another. What a config says in numbers
 * holds, within reason: a link may say five thousand.
 */
export function pageThreads(
  threads: Config['threads'],
  cores: number = globalThis.navigator?.hardwareConcurrency ?? 1,
): Config['threads'] {
  return threads === 'auto' ? Math.max(1, cores - 1) : Math.min(threads, MOST_PER_CORE * cores);
}
