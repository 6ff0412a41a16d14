import { CnnError } from '@cnn/core';
import type * as z from 'zod/mini';
import { componentParts, type ListedComponent, type NamedComponent } from './component.ts';

/** A component that can be named in a config: the schema of its options, and what makes it from them. */
export interface BuiltIn<Context, Result> {
  readonly schema: z.ZodMiniType;
  /** The option that a bare value stands for: `resize: 224` means `resize: { size: 224 }`. */
  readonly shorthand?: string | undefined;
  /** @param options As they stand in a resolved config. */
  create(options: unknown, context: Context): Result;
}

/** The built-in components of one kind, by name. */
export type BuiltIns<Context, Result> = Readonly<Record<string, BuiltIn<Context, Result>>>;

/** Ties the schema of options to the function that takes them, so that they cannot drift apart. */
export function builtIn<Options, Context, Result>(
  schema: z.ZodMiniType<Options>,
  create: (options: Options, context: Context) => Result,
  { shorthand }: { shorthand?: string } = {},
): BuiltIn<Context, Result> {
  return { schema, shorthand, create: (options, context) => create(schema.parse(options), context) };
}

/** Makes the component that a resolved config names. */
export function createBuiltIn<Context, Result>(
  table: BuiltIns<Context, Result>,
  component: NamedComponent | ListedComponent,
  context: Context,
): Result {
  const [name, options] = componentParts(component);
  const entry = table[name];
  if (!entry) {
    throw new CnnError('invalid-config', {
      where: `component ${name}`,
      expected: `one of ${Object.keys(table).join(', ')}`,
      received: JSON.stringify(name),
      remedy: 'Choose one of them',
    });
  }
  return entry.create(options, context);
}
