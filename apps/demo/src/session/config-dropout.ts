import type { Config } from '@cnn/cli/config';

type Entry = string | { readonly [key: string]: unknown };

/** Rates of the dropout layers that a list of layers names, in order; empty for a network of the zoo. */
export function dropoutRates({ model }: Config): number[] {
  return layersOf(model)
    .filter(isDropout)
    .map((layer) => Number(typeof layer === 'string' ? 0.5 : (layer.p ?? 0.5)));
}

/** `config` with this rate in every dropout layer. */
export function withDropout(config: Config, p: number): Config {
  if (dropoutRates(config).length === 0) return config;
  const layers = layersOf(config.model).map((layer) => {
    if (!isDropout(layer)) return layer;
    return typeof layer === 'string' ? { name: layer, p } : { ...layer, p };
  });
  return { ...config, model: { ...config.model, layers } as Config['model'] };
}

/** True where `withDropoutLayer` has a place for one: not in a residual network, which is no list of layers. */
export function mayAddDropout({ model }: Config): boolean {
  return !/^resnet/.test(model.name);
}

/** The name of a component or layer, however it is written. */
export function componentName(entry: unknown): string {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null) return '';
  if ('name' in entry && typeof entry.name === 'string') return entry.name;
  return Object.keys(entry)[0] ?? '';
}

function layersOf(model: Config['model']): readonly Entry[] {
  return Array.isArray(model.layers) ? (model.layers as readonly Entry[]) : [];
}

function isDropout(layer: Entry): boolean {
  return /^dropout(2d)?$/.test(componentName(layer));
}
