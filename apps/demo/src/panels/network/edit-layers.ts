import type { LayerSpec, NamedLayerSpec } from '@cnn/models';

type OptionValue = NamedLayerSpec[string];

/** Layers with one more behind the `index` first. */
export function withLayer(layers: readonly LayerSpec[], index: number, layer: LayerSpec): LayerSpec[] {
  return layers.toSpliced(index, 0, layer);
}

/** Layers without that at `index`. */
export function withoutLayer(layers: readonly LayerSpec[], index: number): LayerSpec[] {
  return layers.toSpliced(index, 1);
}

/** Layers with that at `from` moved to `to`; as they were where either lies outside. */
export function withLayerMoved(layers: readonly LayerSpec[], from: number, to: number): LayerSpec[] {
  const layer = layers[from];
  if (layer === undefined || to < 0 || to >= layers.length) return [...layers];
  return layers.toSpliced(from, 1).toSpliced(to, 0, layer);
}

/** Layers with an option of that at `index` set, or left to its default where `value` is undefined. */
export function withOption(
  layers: readonly LayerSpec[],
  index: number,
  { option, value }: { option: string; value: OptionValue | undefined },
): LayerSpec[] {
  const layer = layers[index];
  if (layer === undefined) return [...layers];
  const { [option]: _, ...rest } = named(layer);
  const changed: NamedLayerSpec = { ...rest, name: nameOf(layer), ...(value === undefined ? {} : { [option]: value }) };
  return layers.with(index, Object.keys(changed).length === 1 ? changed.name : changed);
}

/** The last linear layer gives one output for each class. */
export function withClasses(layers: readonly LayerSpec[], classes: number): LayerSpec[] {
  const last = layers.length - 1;
  if (last < 0 || nameOf(layers[last]!) !== 'linear') return [...layers];
  return withOption(layers, last, { option: 'outFeatures', value: classes });
}

export function nameOf(layer: LayerSpec): string {
  return typeof layer === 'string' ? layer : layer.name;
}

/** What a layer's option was set to; undefined where it was left to its default. */
export function optionOf(layer: LayerSpec, option: string): OptionValue | undefined {
  return named(layer)[option];
}

/**
 * What a person typed into a field, as a config holds it: `3`, `[3, 5]` for `3 x 5`, `0.5`, else the text itself, for
 * the library to say what is wrong with it. Undefined for nothing.
 */
export function typedValue(text: string): OptionValue | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const pair = /^(-?\d+)\s*[x×,]\s*(-?\d+)$/i.exec(trimmed);
  if (pair) return [Number(pair[1]), Number(pair[2])];
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : trimmed;
}

/** A value as a field shows it. */
export function shownValue(value: OptionValue | undefined): string {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(' × ') : String(value);
}

function named(layer: LayerSpec): NamedLayerSpec {
  return typeof layer === 'string' ? { name: layer } : layer;
}
