import * as z from 'zod/mini';
import { type ComponentDeclaration, declarationOf } from './component.ts';
import { defineJsonSchema, type JsonSchema } from './json-schema.ts';

/** JSON Schema of what a zod schema accepts, components included. */
export function jsonSchemaOf(schema: z.ZodMiniType): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      // zod cannot derive it from a component's transform.
      const declaration = declarationOf(zodSchema);
      if (declaration) Object.assign(jsonSchema, componentJsonSchema(declaration));
    },
  });
  return rest as JsonSchema;
}

const MODULE_PATH: JsonSchema = {
  type: 'string',
  pattern: '^\\.{0,2}/|\\.[cm]?[jt]s$',
  description: 'path of a module',
};

function componentJsonSchema(declaration: ComponentDeclaration): JsonSchema {
  const build = (): JsonSchema => (declaration.listed ? listedJsonSchema(declaration) : namedJsonSchema(declaration));
  const { definition } = declaration.rules;
  return definition === undefined ? build() : defineJsonSchema(definition, build);
}

function namedJsonSchema({ table, rules }: ComponentDeclaration): JsonSchema {
  return {
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
  };
}

function listedJsonSchema({ table, rules }: ComponentDeclaration): JsonSchema {
  return {
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
  };
}
