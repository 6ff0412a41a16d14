import type { Config } from './config.ts';
import type { ConfigPath } from './config-document.ts';
import { ConfigDocument } from './config-document.ts';
import { configError, locateValue } from './config-problems.ts';
import { configJsonSchema, configSchema } from './config-schema.ts';
import { forgetForeignOptions } from './forget-foreign-options.ts';
import { applyOverrides, type Override } from './override.ts';

/** Where a config comes from. */
export interface ConfigSource {
  /** The YAML; absent when the config consists of overrides alone. */
  readonly text?: string;
  /** The file as the user named it, for messages. */
  readonly label?: string;
  /** Applied in order, over the text. */
  readonly overrides?: readonly Override[];
}

/** A config, and where each of its values was written. */
export interface ParsedConfig {
  /** With every default filled in. */
  readonly config: Config;
  /** Things worth telling that are no errors. */
  readonly notes: readonly string[];
  /** Where the value at `path` was written, for messages: `file:line:column key`, or the override that set it. */
  locate(path: ConfigPath): string;
  /** True when an override, not the file, set the value at `path`. */
  overridden(path: ConfigPath): boolean;
}

/**
 * Reads a config: YAML, then overrides, then the schema with its defaults.
 *
 * @throws CnnError `invalid-config` with every problem at once, each on a line with its file, line and column (or
 * override), what was expected and what to write instead.
 */
export function parseConfig({ text, label = 'config', overrides = [] }: ConfigSource): ParsedConfig {
  const document = text === undefined ? undefined : new ConfigDocument(text, label);
  const written = applyOverrides(document?.value() ?? {}, overrides);
  const { value: input, notes } = forgetForeignOptions(written, overrides, configJsonSchema);
  const parsed = configSchema.safeParse(input, { reportInput: true });
  if (!parsed.success) {
    throw configError(parsed.error.issues, { input, schema: configJsonSchema(), document, overrides });
  }
  const sources = { document, overrides };
  return {
    config: parsed.data,
    notes,
    locate: (path) => locateValue(path, sources).where,
    overridden: (path) => locateValue(path, sources).offset === Number.POSITIVE_INFINITY,
  };
}
