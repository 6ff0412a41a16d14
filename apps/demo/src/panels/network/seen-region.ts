import { type SeenRegion, seenRegion } from '@cnn/core';
import type { FieldFacts, LayerFacts } from '../../session/network-plan.ts';

/** The unit in the middle of a map, whose region lies in the image as a whole if any does. */
export function middleUnit({ outputShape }: LayerFacts): [row: number, column: number] {
  return [Math.floor(((outputShape[1] ?? 1) - 1) / 2), Math.floor(((outputShape[2] ?? 1) - 1) / 2)];
}

/** What a unit sees of the image: rows and columns, padding beyond the image included. */
export function regionOf(field: FieldFacts, unit: readonly [number, number]): SeenRegion {
  return seenRegion(field, unit);
}

/** How the width of the region comes about: `4 + (3 − 1)·1·2 = 8`, from the layer before it. */
export function fieldFormula(layers: readonly LayerFacts[], index: number): string {
  const { field, window } = layers[index] ?? {};
  if (!field) return '';
  const before = layers[index - 1]?.field ?? (index === 0 ? { size: [1, 1], jump: [1, 1] } : null);
  if (!window || !before) return `${field.size[1]}`;
  const [k, d] = [window.kernelSize[1], window.dilation[1]];
  return `${before.size[1]} + (${k} − 1)·${d}·${before.jump[1]} = ${field.size[1]}`;
}
