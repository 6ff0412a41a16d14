import { type JsonValue, nearestName } from '@cnn/core';
import { z } from 'zod';
import { defineJsonSchema, type JsonSchema } from './json-schema.ts';

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
  Record<string, { readonly schema: z.ZodType; readonly shorthand?: string | undefined }>
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

/** JSON Schemas of the component schemas, which zod cannot derive from their transforms. */
const jsonSchemas: WeakMap<z.core.$ZodType, () => JsonSchema> = new WeakMap();

/** True for `./my-model.ts`: the path of a module rather than the name of a built-in. */
export function isModulePath(name: string): boolean {
  return /^(\.{0,2}\/|file:)/.test(name) || /^[a-zA-Z]:[\\/]/.test(name) || /\.[cm]?[jt]s$/.test(name);
}

/** Accepts `adam` and `{ name: adam, lr: 0.001 }`; gives the latter with every default filled in. */
export function namedComponent(table: OptionSchemas, rules: ComponentRules): z.ZodType<NamedComponent> {
  const schema = z.unknown().transform((value, context): NamedComponent => {
    const written = typeof value === 'string' ? { name: value } : value;
    if (!isMapping(written)) return reject(context, value, [], nameList(table, rules));
    const { name = rules.fallback, ...options } = written;
    const path = typeof value === 'string' ? [] : ['name'];
    if (typeof name !== 'string') return reject(context, name, path, nameList(table, rules));
    const resolved = resolveOptions({ table, rules, name, options, namePath: path, optionsPath: [] }, context);
    return resolved ? { name, ...resolved } : z.NEVER;
  });
  jsonSchemas.set(schema, () => ({
    anyOf: [
      { type: 'string', enum: Object.keys(table) },
      ...Object.entries(table).map(([name, options]) => {
        const { properties, required = [], ...rest } = jsonSchemaOf(options.schema);
        const nameRequired = name === rules.fallback ? [] : ['name'];
        const all = { name: { const: name }, ...properties };
        return { ...rest, type: 'object', properties: all, required: [...nameRequired, ...required] };
      }),
      ...(rules.modules
        ? [MODULE_PATH, { type: 'object', properties: { name: MODULE_PATH }, required: ['name'] }]
        : []),
    ],
  }));
  return schema;
}

/** Accepts `progress` and `{ early-stopping: { patience: 2 } }`; gives the latter unless there are no options. */
export function listedComponent(table: OptionSchemas, rules: ComponentRules): z.ZodType<ListedComponent> {
  const schema = z.unknown().transform((value, context): ListedComponent => {
    const entries = typeof value === 'string' ? [[value, {}] as const] : isMapping(value) ? Object.entries(value) : [];
    const [entry] = entries;
    if (!entry || entries.length > 1) return reject(context, value, [], `one ${nameList(table, rules).slice(2)}`);
    const [name, written] = entry;
    const shorthand = Object.hasOwn(table, name) ? table[name]?.shorthand : undefined;
    const isBare = shorthand !== undefined && written !== null && !isMapping(written);
    const options = isBare ? { [shorthand]: written } : written;
    const path = typeof value === 'string' ? [] : [name];
    if (options !== null && !isMapping(options)) return reject(context, options, path, 'a mapping of options');
    const asked = { table, rules, name, options: options ?? {}, namePath: path, optionsPath: path };
    const resolved = resolveOptions(asked, context);
    if (!resolved) return z.NEVER;
    return Object.keys(resolved).length === 0 ? name : { [name]: resolved };
  });
  const build = (): JsonSchema => ({
    anyOf: [
      { type: 'string', enum: Object.keys(table) },
      {
        type: 'object',
        properties: Object.fromEntries(
          Object.entries(table).map(([name, { schema: options, shorthand }]) => {
            const full = jsonSchemaOf(options);
            const bare = shorthand === undefined ? undefined : full.properties?.[shorthand];
            return [name, { anyOf: [full, { type: 'null' }, ...(bare ? [bare] : [])] }];
          }),
        ),
        additionalProperties: rules.modules === true,
        minProperties: 1,
        maxProperties: 1,
      },
      ...(rules.modules ? [MODULE_PATH] : []),
    ],
  });
  const reference = rules.definition === undefined ? undefined : defineJsonSchema(rules.definition, build);
  jsonSchemas.set(schema, () => reference ?? build());
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

const MODULE_PATH: JsonSchema = {
  type: 'string',
  pattern: '^\\.{0,2}/|\\.[cm]?[jt]s$',
  description: 'path of a module',
};

type Context = z.core.$RefinementCtx;

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

/** JSON Schema of what a zod schema accepts, components included. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, jsonSchemas.get(zodSchema)?.());
    },
  });
  return rest as JsonSchema;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
