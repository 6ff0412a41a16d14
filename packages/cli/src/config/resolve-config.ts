import type { Config } from './config.ts';
import { configError } from './config-problems.ts';
import { configJsonSchema, configSchema } from './config-schema.ts';

/**
 * The config that plain values stand for, every default filled in: what `parseConfig` does behind the YAML.
 *
 * @throws CnnError `invalid-config` with every problem at once.
 */
export function resolveConfig(written: unknown): Config {
  const parsed = configSchema.safeParse(written, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw configError(parsed.error.issues, { input: written, schema: configJsonSchema(), overrides: [] });
}
