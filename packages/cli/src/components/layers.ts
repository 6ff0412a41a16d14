import { LAYER_KINDS, type LayerOption, type LayerOptionType } from '@cnn/models';
import { z } from 'zod';
import { type NamedComponent, namedComponent, type OptionSchemas } from '../config/component.ts';

const side = z.int().min(0);
const pair = z.union([side, z.tuple([side, side])]);

/** What the values of an option may be; the layer itself checks their ranges, with its formula. */
const VALUES: Readonly<Record<LayerOptionType, z.ZodType>> = {
  count: z.int(),
  pair,
  padding: z.union([side, z.tuple([side, side]), z.enum(['same', 'valid'])]),
  size: z.union([side, z.tuple([side.nullable(), side.nullable()])]),
  flag: z.boolean(),
  number: z.number(),
  sides: z.union([side, z.array(side).min(1)]),
  gelu: z.enum(['none', 'tanh']),
};

function optionSchema({ type, description, default: preset }: LayerOption): z.ZodType {
  if (preset === undefined) return VALUES[type].describe(description);
  if (preset === null) return VALUES[type].nullable().default(null).describe(description);
  return VALUES[type].default(preset).describe(description);
}

/** The layers of `sequential` by name, from the table of `@cnn/models`. */
const LAYERS: OptionSchemas = Object.fromEntries(
  Object.entries(LAYER_KINDS).map(([name, { options }]) => {
    const shape = Object.entries(options).map(([option, declared]) => [option, optionSchema(declared)]);
    return [name, { schema: z.strictObject(Object.fromEntries(shape)) }];
  }),
);

/** Options of `sequential` in a config. */
export interface SequentialConfig {
  /** `[C, H, W]` of one image; null: as the data. */
  readonly input: readonly [channels: number, height: number, width: number] | null;
  readonly layers: readonly NamedComponent[];
}

/** Schema of the options of `sequential`. */
export const SEQUENTIAL_SCHEMA: z.ZodType<SequentialConfig> = z.strictObject({
  input: z
    .tuple([z.int().min(1), z.int().min(1), z.int().min(1)])
    .nullable()
    .default(null)
    .describe('[channels, height, width] of one image; null: as the data'),
  layers: z
    .array(namedComponent(LAYERS, { what: 'layer' }))
    .min(1)
    .describe('first to last; what a layer takes follows from what reaches it'),
});
