/** The part of JSON Schema that a config's schema uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

const definitions: Map<string, () => JsonSchema> = new Map();

/** Names a part that occurs often: returns a reference to it, which the functions here follow. */
export function defineJsonSchema(name: string, build: () => JsonSchema): JsonSchema {
  let built: JsonSchema | undefined;
  if (!definitions.has(name)) {
    definitions.set(name, () => {
      built ??= build();
      return built;
    });
  }
  return { $ref: `#/$defs/${name}` };
}

/** The named parts, for the schema that is published. */
export function jsonSchemaDefinitions(): Record<string, JsonSchema> {
  return Object.fromEntries([...definitions].map(([name, build]) => [name, build()]));
}

/** The alternatives of a schema: its `anyOf` or `oneOf`, flattened, or itself. */
function alternatives(schema: JsonSchema): readonly JsonSchema[] {
  const definition = schema.$ref && definitions.get(schema.$ref.replace('#/$defs/', ''));
  if (definition) return alternatives(definition());
  const branches = schema.anyOf ?? schema.oneOf;
  return branches ? branches.flatMap(alternatives) : [schema];
}

/**
 * The schema of the value at `path`, following `value` where a schema has alternatives that differ by name;
 * `undefined` where the schema says nothing.
 */
export function schemaAt(
  schema: JsonSchema,
  path: readonly (string | number)[],
  value: unknown,
): JsonSchema | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const child = valueAt(value, key);
  for (const branch of alternatives(schema)) {
    if (!branchFits(branch, value)) continue;
    const next = typeof key === 'number' ? (branch.prefixItems?.[key] ?? branch.items) : propertyOf(branch, key);
    const found = next && schemaAt(next, rest, child);
    if (found) return found;
  }
  return undefined;
}

/** Keys that the mapping at hand may have, by its schema. */
export function knownKeys(schema: JsonSchema, value: unknown): string[] {
  const branches = alternatives(schema).filter((branch) => branchFits(branch, value));
  return [...new Set(branches.flatMap((branch) => Object.keys(branch.properties ?? {})))];
}

/** Names of the alternatives that have `key`: `["sgd"]` for `momentum` among the optimizers. */
export function namesWithKey(schema: JsonSchema, key: string): string[] {
  const owners = alternatives(schema).filter(({ properties = {} }) => Object.hasOwn(properties, key));
  return owners.flatMap(({ properties }) =>
    properties?.name?.const === undefined ? [] : [String(properties.name.const)],
  );
}

/** Every key path of a schema, dotted, list entries left out. */
export function allKeyPaths(schema: JsonSchema, prefix = ''): string[] {
  return alternatives(schema).flatMap((branch) =>
    Object.entries(branch.properties ?? {}).flatMap(([key, child]) => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      return [path, ...allKeyPaths(child, path)];
    }),
  );
}

/** What a value must be, as one reads it: `a whole number ≥ 1`, `one of "max", "min"`. */
export function expectation(schema: JsonSchema): string {
  const texts = alternatives(schema).map(single);
  return [...new Set(texts)].join(' or ');
}

function single(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.map((item) => JSON.stringify(item)).join(', ')}`;
  switch (schema.type) {
    case 'integer':
      return `a whole number${bounds(schema)}`;
    case 'number':
      return `a number${bounds(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    case 'array':
      return schema.minItems ? `a list of at least ${schema.minItems}` : 'a list';
    case 'object':
      return 'a mapping of keys to values';
    case 'string':
      return schema.minLength ? 'text that is not empty' : 'text';
    default:
      return 'a value';
  }
}

function bounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const low = minimum !== undefined ? `≥ ${minimum}` : exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : '';
  const high = maximum !== undefined ? `≤ ${maximum}` : exclusiveMaximum !== undefined ? `< ${exclusiveMaximum}` : '';
  const parts = [minimum === Number.MIN_SAFE_INTEGER ? '' : low, maximum === Number.MAX_SAFE_INTEGER ? '' : high];
  const text = parts.filter(Boolean).join(' and ');
  return text && ` ${text}`;
}

function propertyOf(schema: JsonSchema, key: string): JsonSchema | undefined {
  const { additionalProperties } = schema;
  return schema.properties?.[key] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
}

/**
 * A branch for another name (`name: { const: sgd }` where the value says adam) does not fit; where the value has none, the
 * one that may go without does.
 */
function branchFits(branch: JsonSchema, value: unknown): boolean {
  const branchName = branch.properties?.name?.const;
  const name = typeof value === 'string' ? value : valueAt(value, 'name'); // `adam` is `{ name: adam }`
  if (branchName === undefined || name === branchName) return true;
  return name === undefined && !branch.required?.includes('name');
}

function valueAt(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
}
