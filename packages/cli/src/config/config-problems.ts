import { CnnError, formatErrorParts, nameDistance, nearestName } from '@cnn/core';
import type * as z from 'zod/mini';
import type { ConfigDocument, ConfigPath } from './config-document.ts';
import { allKeyPaths, expectation, type JsonSchema, knownKeys, namesWithKey, schemaAt } from './json-schema.ts';

import type { Override } from './override.ts';

type Issue = z.core.$ZodIssue;

export interface ProblemSources {
  /** The config as it was validated: the file's content with the overrides set. */
  readonly input: unknown;
  readonly schema: JsonSchema;
  readonly document?: ConfigDocument | undefined;
  readonly overrides: readonly Override[];
}

/** One problem: its message, and where it stands so that problems can be told in the order of the file. */
interface Problem {
  readonly message: string;
  /** In the file's text; overrides come after it. */
  readonly offset: number;
}

/** One error that lists every problem of a config, each with its place, what was expected and what to write instead. */
export function configError(issues: readonly Issue[], sources: ProblemSources): CnnError {
  const problems = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey([...pathOf(issue), key], sources))
      : [wrongValue(issue, sources)],
  );
  const messages = problems.sort((a, b) => a.offset - b.offset).map(({ message }) => message);
  return new CnnError('invalid-config', messages.join('\n'));
}

/** Where the value at `path` was written: the override that set it, else `file:line:column`. */
export function locateValue(
  path: ConfigPath,
  { document, overrides }: Pick<ProblemSources, 'document' | 'overrides'>,
  part: 'key' | 'value' = 'value',
): { readonly where: string; readonly offset: number } {
  // An override may also have made a mapping of something, by setting a key in it.
  const override =
    overrides.findLast((candidate) => sets(candidate.path, path)) ??
    (document?.has(path) ? undefined : overrides.findLast((candidate) => sets(path, candidate.path)));
  const key = path.join('.');
  if (override) {
    const inside = path.length > override.path.length ? ` ${key}` : '';
    return { where: `override ${override.text}${inside}`, offset: Number.POSITIVE_INFINITY };
  }
  if (!document) return { where: key || 'config', offset: 0 };
  const offset = part === 'key' ? document.keyOffset(path) : document.valueOffset(path);
  return { where: `${document.position(offset)} ${key}`.trimEnd(), offset };
}

function unknownKey(path: ConfigPath, sources: ProblemSources): Problem {
  const key = String(path.at(-1));
  const parentPath = path.slice(0, -1);
  const parent = schemaAt(sources.schema, parentPath, sources.input);
  const siblings = parent ? knownKeys(parent, valueAt(sources.input, parentPath)) : [];
  const { where, offset } = locateValue(path, sources, 'key');
  const message = formatErrorParts({
    where,
    expected: siblings.length > 0 ? `a known key (${siblings.join(', ')})` : 'no options',
    received: JSON.stringify(key),
    remedy: knownKeyFor(key, { parentPath, siblings, parent, schema: sources.schema }),
  });
  return { message, offset };
}

/** Where a key was looked for: the keys beside it, the schema of the mapping they are in, and the one of all. */
interface KeyPlace {
  readonly parentPath: ConfigPath;
  readonly siblings: readonly string[];
  readonly parent: JsonSchema | undefined;
  readonly schema: JsonSchema;
}

/** The nearest key beside the unknown one, unless the very name exists elsewhere in the config. */
function knownKeyFor(key: string, { parentPath, siblings, parent, schema }: KeyPlace): string {
  const sibling = nearestName(key, siblings);
  const near = sibling !== undefined && nameDistance(key, sibling) <= Math.max(1, Math.floor(key.length / 3));
  if (near) return `Write ${[...parentPath, sibling].join('.')}`;
  const owners = parent ? namesWithKey(parent, key) : [];
  if (owners.length > 0) return `It is an option of ${owners.join(', ')}: set ${[...parentPath, 'name'].join('.')}`;
  const elsewhere = allKeyPaths(schema).find((path) => nameDistance(path.split('.').at(-1)!, key) === 0);
  if (elsewhere) return `The key belongs elsewhere: write ${elsewhere}`;
  if (sibling === undefined) return 'Remove the key';
  return `Remove it; the nearest known key is ${[...parentPath, sibling].join('.')}`;
}

function wrongValue(issue: Issue, sources: ProblemSources): Problem {
  const path = pathOf(issue);
  const value = valueAt(sources.input, path) ?? issue.input;
  const schema = schemaAt(sources.schema, path, sources.input);
  const told = issue.code === 'custom' ? issue.params : undefined;
  const { where, offset } = locateValue(path, sources);
  const message = formatErrorParts({
    where,
    expected: typeof told?.expected === 'string' ? told.expected : expectedText(issue, schema),
    received: value === undefined ? 'nothing' : shown(value),
    remedy: typeof told?.remedy === 'string' ? told.remedy : remedyFor(value, schema),
  });
  return { message, offset };
}

function expectedText(issue: Issue, schema: JsonSchema | undefined): string {
  if (schema) return expectation(schema);
  return issue.code === 'invalid_type' ? expectation({ type: issue.expected }) : 'another value';
}

function remedyFor(value: unknown, schema: JsonSchema | undefined): string {
  if (value === undefined) return 'Add the key';
  if (schema?.default === undefined) return 'Change the value';
  if (schema.default === null) return 'Change the value, or leave the key out';
  return `Change the value, or leave the key out for the default, ${shown(schema.default)}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function pathOf(issue: Issue): (string | number)[] {
  return issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
}

function valueAt(value: unknown, path: ConfigPath): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string | number, unknown>)[key];
  }
  return current;
}

/** True when writing the value at `written` also wrote the one at `path`. */
function sets(written: ConfigPath, path: ConfigPath): boolean {
  return written.length <= path.length && written.every((key, i) => String(key) === String(path[i]));
}
