import type { Config } from './config.ts';

/** A config as flat names and values, as trackers of experiments want it: `optimizer.lr`, `callbacks.0`. */
export function flatConfig(config: Config): Record<string, string | number | boolean> {
  return Object.fromEntries(flatten('', config));
}

function* flatten(prefix: string, value: unknown): Generator<[string, string | number | boolean]> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) yield* flatten(prefix === '' ? key : `${prefix}.${key}`, child);
  } else if (typeof value === 'number' || typeof value === 'boolean') {
    yield [prefix, value];
  } else {
    yield [prefix, String(value)];
  }
}
