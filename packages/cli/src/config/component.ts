import { type JsonValue, nearestName } from '@cnn/core';
import * as z from 'zod/mini';

/** Options of a component, as a config holds them. */
export type ComponentOptions = Readonly<Record<string, JsonValue>>;

/** A component that stands alone under its key, with its options beside its name: `{ name: adam, lr: 0.001 }`. */
export type NamedComponent = {
  /** Which component. */
  readonly name: string;
} & ComponentOptions;

/** An entry of a list of components: `accuracy`, or `{ early-stopping: { patience: 2 } }`. */
export type ListedComponent = string | Readonly<Record<string, ComponentOptions>>;

/** Schemas of the options of all components of one kind, by name: a table of built-ins is one. */
export type OptionSchemas = Readonly<
  Record<string, { readonly schema: z.ZodMiniType; readonly shorthand?: string | undefined }>
>;

export interface ComponentRules {
  /** What the components are, for messages: `optimizer`. */
  readonly what: string;
  /** True where the user's own module may stand instead of a name. */
  readonly modules?: boolean;
  /** The name where a mapping has none. */
  readonly fallback?: string;
  /** Name of its JSON Schema, where it occurs in several places. */
  readonly definition?: string;
}

/** What a schema of components was made from. */
export interface ComponentDeclaration {
  readonly table: OptionSchemas;
  readonly rules: ComponentRules;
  /** True for entries of a list. */
  readonly listed: boolean;
}

const declarations: WeakMap<z.core.$ZodType, ComponentDeclaration> = new WeakMap();

/** What `schema` was made from by `namedComponent` or `listedComponent`; undefined for any other. */
export function declarationOf(schema: z.core.$ZodType): ComponentDeclaration | undefined {
  return declarations.get(schema);
}

/** True for `./my-model.ts`: the path of a module rather than the name of a built-in. */
export function isModulePath(name: string): boolean {
  return /^(\.{0,2}\/|file:)/.test(name) || /^[a-zA-Z]:[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name);
}

/** Accepts `adam` and `{ name: adam, lr: 0.001 }`; gives the latter with every default filled in. */
export function namedComponent(table: OptionSchemas, rules: ComponentRules): z.ZodMiniType<NamedComponent> {
  const transform = z.transform((value: unknown, context): NamedComponent => {
    const written = typeof value === 'string' ? { name: value } : value;
    if (!isMapping(written)) return reject(context, value, [], nameList(table, rules));
    const { name = rules.fallback, ...options } = written;
    const path = typeof value === 'string' ? [] : ['name'];
    if (typeof name !== 'string') return reject(context, name, path, nameList(table, rules));
    const resolved = resolveOptions({ table, rules, name, options, namePath: path, optionsPath: [] }, context);
    return resolved ? { name, ...resolved } : z.NEVER;
  });
  const schema = z.pipe(z.unknown(), transform);
  declarations.set(schema, { table, rules, listed: false });
  return schema;
}

/** Accepts `progress` and `{ early-stopping: { patience: 2 } }`; gives the latter unless there are no options. */
export function listedComponent(table: OptionSchemas, rules: ComponentRules): z.ZodMiniType<ListedComponent> {
  const transform = z.transform((value: unknown, context): ListedComponent => {
    const entries = typeof value === 'string' ? [[value, {}] as const] : isMapping(value) ? Object.entries(value) : [];
    const [entry] = entries;
    if (!entry || entries.length > 1) return reject(context, value, [], `one ${nameList(table, rules).slice(2)}`);
    const [name, written] = entry;
    const shorthand = Object.hasOwn(table, name) ? table[name]?.shorthand : undefined;
    const isBare = shorthand !== undefined && written !== null && !isMapping(written);
    const options = isBare ? { [shorthand]: written } : written;
    const path = typeof value === 'string' ? [] : [name];
    if (options !== null && !isMapping(options)) return reject(context, options, path, 'a mapping of options');
    const asked = { table, rules, name, options: options ?? {}, namePath: path, optionsPath: [name] };
    const resolved = resolveOptions(asked, context);
    if (!resolved) return z.NEVER;
    return Object.keys(resolved).length === 0 ? name : { [name]: resolved };
  });
  const schema = z.pipe(z.unknown(), transform);
  declarations.set(schema, { table, rules, listed: true });
  return schema;
}

/** Name and options of a component, however it is written. */
export function componentParts(component: NamedComponent | ListedComponent): [name: string, options: ComponentOptions] {
  if (typeof component === 'string') return [component, {}];
  if (typeof component.name === 'string') {
    const { name, ...options } = component as NamedComponent;
    return [name, options];
  }
  const [entry] = Object.entries(component as Readonly<Record<string, ComponentOptions>>);
  return entry ?? ['', {}];
}

type Context = z.core.ParsePayload;

interface AskedComponent {
  readonly table: OptionSchemas;
  readonly rules: ComponentRules;
  readonly name: string;
  readonly options: Record<string, unknown>;
  readonly namePath: readonly string[];
  readonly optionsPath: readonly string[];
}

/** The options with defaults, or `undefined` once the problems have been reported. */
function resolveOptions(asked: AskedComponent, context: Context): ComponentOptions | undefined {
  const { table, rules, name, options, namePath, optionsPath } = asked;
  if (rules.modules && isModulePath(name)) return options as ComponentOptions;
  const schema = Object.hasOwn(table, name) ? table[name]?.schema : undefined;
  if (!schema) {
    const nearest = nearestName(name, Object.keys(table));
    return reject(context, name, namePath, nameList(table, rules), nearest && `Write ${nearest}`);
  }
  const parsed = schema.safeParse(options, { reportInput: true });
  if (parsed.success) return parsed.data as ComponentOptions;
  for (const issue of parsed.error.issues) {
    context.issues.push({ ...issue, path: [...optionsPath, ...issue.path], input: issue.input } as never);
  }
  return undefined;
}

/** Reports `expected …` and, where there is one, the remedy. */
function reject(context: Context, input: unknown, path: readonly string[], expected: string, remedy?: string): never {
  context.issues.push({ code: 'custom', path: [...path], input, message: expected, params: { expected, remedy } });
  return z.NEVER;
}

function nameList(table: OptionSchemas, { what, modules }: ComponentRules): string {
  const article = /^[aeiou]/.test(what) ? 'an' : 'a';
  return `${article} ${what} (${Object.keys(table).join(', ')}${modules ? ', or the path of a module' : ''})`;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
