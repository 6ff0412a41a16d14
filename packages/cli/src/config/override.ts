import { CnnError } from '@cnn/core';
import { parseDocument } from 'yaml';
import type { ConfigPath } from './config-document.ts';

/** One `key=value` of the command line. */
export interface Override {
  /** As it was typed. */
  readonly text: string;
  /** Keys from the top to the value. */
  readonly path: ConfigPath;
  /** What the text behind the `=` means as YAML. */
  readonly value: unknown;
}

/** True for an argument that is an override rather than a file: a dotted key, then `=`. */
export function isOverride(argument: string): boolean {
  return /^[A-Za-z_$][\w$.-]*=/.test(argument);
}

/**
 * Reads `trainer.epochs=3`. The value is YAML; list entries are addressed by their index (`callbacks.0.early-stopping.patience=2`).
 *
 * @throws CnnError `invalid-config` when there is no `=` or the value is not YAML.
 */
export function parseOverride(text: string): Override {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new CnnError('invalid-config', {
      where: `override ${JSON.stringify(text)}`,
      expected: 'key=value',
      received: JSON.stringify(text),
      remedy: 'Write for example trainer.epochs=3',
    });
  }
  const path = text
    .slice(0, equals)
    .split('.')
    .map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const document = parseDocument(text.slice(equals + 1), { prettyErrors: false });
  if (document.errors[0]) {
    throw new CnnError('invalid-config', {
      where: `override ${text}`,
      expected: 'a value in YAML after the "="',
      received: document.errors[0].message.replace(/\s+/g, ' ').replace(/\.$/, ''),
      remedy: `Quote the whole argument for the shell, for example '${text.slice(0, equals)}=[{...}]'`,
    });
  }
  return { text, path, value: document.toJS() };
}

/**
 * A copy of `config` with each override set, in order. A component written as a bare name (`optimizer: adam`) becomes
 * `{ name: adam }` when one of its options is set.
 *
 * @throws CnnError `invalid-config` when a path goes through something that has no keys, or past the end of a list.
 */
export function applyOverrides(config: unknown, overrides: readonly Override[]): unknown {
  let result: unknown = structuredClone(config);
  for (const override of overrides) result = setAt(result, override.path, override, 0);
  return result;
}

function setAt(container: unknown, path: ConfigPath, override: Override, depth: number): unknown {
  const key = path[depth];
  if (key === undefined) return override.value;
  if (Array.isArray(container)) {
    if (typeof key !== 'number' || key > container.length) {
      throw misplaced(override, depth, `an index of the list, 0 to ${container.length}`, String(key));
    }
    container[key] = setAt(container[key], path, override, depth + 1);
    return container;
  }
  const target = asMapping(container, path, depth);
  if (!target) throw misplaced(override, depth, 'a mapping or a list', JSON.stringify(container));
  target[key] = setAt(target[key], path, override, depth + 1);
  return target;
}

/** What can hold a key: a mapping, nothing yet, or a component's bare name. */
function asMapping(value: unknown, path: ConfigPath, depth: number): Record<string | number, unknown> | undefined {
  if (value === undefined || value === null) return {};
  if (typeof value === 'string') return path[depth] === value ? {} : { name: value };
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function misplaced(override: Override, depth: number, expected: string, received: string): CnnError {
  return new CnnError('invalid-config', {
    where: `override ${override.text}`,
    expected: `${expected} at ${override.path.slice(0, depth).join('.') || 'the top'}`,
    received,
    remedy: 'Address a key that the config has; list entries are counted from 0',
  });
}
