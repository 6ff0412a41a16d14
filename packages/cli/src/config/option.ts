import * as z from 'zod/mini';

/** Limits of a number: `min` and `max` may be reached, `above` and `below` may not. */
export interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly below?: number;
}

/** A number within limits. */
export function number(limits: NumberLimits = {}): z.ZodMiniNumber<number> {
  return z.number().check(...checksOf(limits));
}

/** A whole number within limits. */
export function whole(limits: NumberLimits = {}): z.ZodMiniNumberFormat {
  return z.int().check(...checksOf(limits));
}

/** Text that is not empty. */
export const TEXT: z.ZodMiniString<string> = z.string().check(z.minLength(1));

/** A whole number of at least 1. */
export const COUNT: z.ZodMiniNumberFormat = whole({ min: 1 });

/** A component without options. */
export const NO_OPTIONS: z.ZodMiniType<Record<string, never>> = z.strictObject({});

/** A list of `least` entries or more. */
export function list<Entry extends z.ZodMiniType>(
  entry: Entry,
  { least }: { readonly least: number },
): z.ZodMiniArray<Entry> {
  return z.array(entry).check(z.minLength(least));
}

/** `schema`, with what it is for: editors show that. */
export function described<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  return schema.check(z.describe(description));
}

/** `schema`, whose value is `preset` where nothing is written. */
export function option<Schema extends z.ZodMiniType>(
  schema: Schema,
  preset: z.core.util.NoUndefined<z.output<Schema>>,
  description?: string,
): z.ZodMiniDefault<Schema> {
  const optional = z._default(schema, preset);
  return description === undefined ? optional : described(optional, description);
}

/** `schema` or null, which it is where nothing is written. */
export function orNull<Schema extends z.ZodMiniType>(
  schema: Schema,
  description?: string,
): z.ZodMiniDefault<z.ZodMiniNullable<Schema>> {
  return option(z.nullable(schema), null, description);
}

function checksOf({ min, max, above, below }: NumberLimits): z.core.$ZodCheck<number>[] {
  return [
    ...(min === undefined ? [] : [z.minimum(min)]),
    ...(max === undefined ? [] : [z.maximum(max)]),
    ...(above === undefined ? [] : [z.gt(above)]),
    ...(below === undefined ? [] : [z.lt(below)]),
  ];
}
