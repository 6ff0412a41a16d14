import { LAYER_KINDS, type LayerOption, type LayerOptionType } from '@cnn/models';
import * as z from 'zod/mini';
import { type NamedComponent, namedComponent, type OptionSchemas } from '../config/component.ts';
import { COUNT, described, list, number, option, orNull, whole } from '../config/option.ts';

const side = whole({ min: 0 });
const pair = z.union([side, z.tuple([side, side])]);

/** What the values of an option may be; the layer itself checks their ranges, with its formula. */
const VALUES: Readonly<Record<LayerOptionType, z.ZodMiniType>> = {
  count: whole(),
  pair,
  padding: z.union([side, z.tuple([side, side]), z.enum(['same', 'valid'])]),
  size: z.union([side, z.tuple([z.nullable(side), z.nullable(side)])]),
  flag: z.boolean(),
  number: number(),
  sides: z.union([side, list(side, { least: 1 })]),
  gelu: z.enum(['none', 'tanh']),
};

function optionSchema({ type, description, default: preset }: LayerOption): z.ZodMiniType {
  if (preset === undefined) return described(VALUES[type], description);
  if (preset === null) return orNull(VALUES[type], description);
  return option(VALUES[type], preset, description);
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
export const SEQUENTIAL_SCHEMA: z.ZodMiniType<SequentialConfig> = z.strictObject({
  input: orNull(z.tuple([COUNT, COUNT, COUNT]), '[channels, height, width] of one image; null: as the data'),
  layers: described(
    list(namedComponent(LAYERS, { what: 'layer' }), { least: 1 }),
    'first to last; what a layer takes follows from what reaches it',
  ),
});
