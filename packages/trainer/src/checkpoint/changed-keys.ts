import type { JsonValue } from '@cnn/core';

/** Paths at which two JSON values differ, for example `trainer.epochs`. */
export function changedKeys(before: JsonValue, now: JsonValue, path = ''): string[] {
  if (!isObject(before) || !isObject(now))
    return JSON.stringify(before) === JSON.stringify(now) ? [] : [path || '(all)'];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys.flatMap((key) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return changedKeys(before[key] ?? null, now[key] ?? null, inner);
  });
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
