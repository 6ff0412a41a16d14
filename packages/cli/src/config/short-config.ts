import type { Config } from './config.ts';
import { configSchema } from './config-schema.ts';
import { resolveConfig } from './resolve-config.ts';

type Mapping = Record<string, unknown>;

/**
 * The least that has to be written for a resolved config: whatever the defaults give is left out. Parsing it gives
 * `config` again, to the last value; that is also how it is found.
 *
 * @example
 * shortConfig(parseConfig({ text: 'model: tiny-cnn\ndata: { batchSize: 64 }' }).config); // { model: { name: 'tiny-cnn' } }
 */
export function shortConfig(config: Config): Mapping {
  const whole = canonical(resolveConfig(config));
  const means = (candidate: unknown): boolean => {
    const parsed = configSchema.safeParse(candidate);
    return parsed.success && canonical(parsed.data) === whole;
  };
  const short: Mapping = structuredClone({ ...config });
  shorten(short, () => means(short));
  return short;
}

/** Removes from `mapping` what `holds` without: whole keys first, then what is below them. */
function shorten(mapping: Mapping, holds: () => boolean): void {
  for (const [key, value] of Object.entries(mapping)) {
    delete mapping[key];
    if (holds()) continue;
    mapping[key] = value;
    if (isMapping(value)) shorten(value, holds);
  }
}

/** Equal for equal values, whatever the order of their keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    isMapping(entry) ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))) : entry,
  );
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
