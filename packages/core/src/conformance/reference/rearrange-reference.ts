import { flatIndex, forEachIndex, type ReferenceArray, stridesOf, zerosArray } from '../reference-array.ts';

/** Where each element of a result comes from: a flat index into the input, or -1 for a constant. */
export interface Rearrangement {
  readonly shape: readonly number[];
  readonly sources: Int32Array;
}

/** Builds a result by copying elements of `x`; `constant` fills the rest. */
export function rearrange(x: ReferenceArray, { shape, sources }: Rearrangement, constant = 0): ReferenceArray {
  const y = zerosArray(shape);
  sources.forEach((source, flat) => {
    y.data[flat] = source < 0 ? constant : x.data[source]!;
  });
  return y;
}

/** Sends each gradient back to where its element came from; one copied twice gets the sum. */
export function rearrangeGradient(
  dy: ReferenceArray,
  { shape, rearrangement }: { shape: readonly number[]; rearrangement: Rearrangement },
): ReferenceArray {
  const dx = zerosArray(shape);
  rearrangement.sources.forEach((source, flat) => {
    if (source >= 0) dx.data[source]! += dy.data[flat]!;
  });
  return dx;
}

/** A rearrangement by coordinates: `sourceOf` maps those of the result to the input's, `undefined` for a constant. */
export function rearrangement(
  inputShape: readonly number[],
  shape: readonly number[],
  sourceOf: (at: readonly number[]) => readonly number[] | undefined,
): Rearrangement {
  const strides = stridesOf(inputShape);
  const sources = new Int32Array(shape.reduce((product, side) => product * side, 1));
  forEachIndex(shape, (flat, at) => {
    const source = sourceOf(at);
    sources[flat] = source ? flatIndex(source, strides) : -1;
  });
  return { shape, sources };
}
