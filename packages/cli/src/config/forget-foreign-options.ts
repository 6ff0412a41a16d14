import { componentParts, type NamedComponent } from './component.ts';
import { type JsonSchema, knownKeys } from './json-schema.ts';
import type { Override } from './override.ts';

/**
 * When an override changes a component's name (`optimizer.name=sgd`), the options that the file gave to the former one
 * and that the new one does not have are dropped, with a note: they were written for something else.
 */
export function forgetForeignOptions(
  config: unknown,
  overrides: readonly Override[],
  schema: () => JsonSchema,
): { value: unknown; notes: string[] } {
  const notes: string[] = [];
  if (!isMapping(config)) return { value: config, notes };
  const value: Record<string, unknown> = { ...config };
  for (const { path } of overrides) {
    const [key, part] = path;
    const component = typeof key === 'string' && part === 'name' && path.length === 2 ? value[key] : undefined;
    const kind = isMapping(component) ? schema().properties?.[String(key)] : undefined;
    if (!isMapping(component) || !kind) continue;
    const known = new Set(knownKeys(kind, component));
    const [name] = componentParts(component as NamedComponent);
    const set = overrides.filter((other) => other.path[0] === key).map((other) => String(other.path[1]));
    const foreign = Object.keys(component).filter((option) => !known.has(option) && !set.includes(option));
    if (known.size <= 1 || foreign.length === 0) continue;
    value[String(key)] = Object.fromEntries(Object.entries(component).filter(([option]) => !foreign.includes(option)));
    notes.push(`${foreign.map((option) => `${key}.${option}`).join(', ')}: left out, ${name} has no such option`);
  }
  return { value, notes };
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
