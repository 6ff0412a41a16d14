import { flatIndex, forEachIndex, type ReferenceArray, stridesOf, zerosArray } from '../reference-array.ts';

/** Reduces `axes` of `x`: `f` receives the elements that fall together, in row-major order. */
export function reduce(
  x: ReferenceArray,
  axes: readonly number[],
  f: (values: readonly number[]) => number,
): ReferenceArray {
  const { groups, shape } = groupsOf(x, axes);
  const result = zerosArray(shape);
  groups.forEach((members, i) => {
    result.data[i] = f(members.map((flat) => x.data[flat]!));
  });
  return result;
}

/** Gradient of {@link reduce}: `f` receives a group's elements and returns the derivative by each. */
export function reduceGradient(
  dy: ReferenceArray,
  { x, axes, f }: { x: ReferenceArray; axes: readonly number[]; f: (values: readonly number[]) => readonly number[] },
): ReferenceArray {
  const dx = zerosArray(x.shape);
  groupsOf(x, axes).groups.forEach((members, i) => {
    const derivatives = f(members.map((flat) => x.data[flat]!));
    for (const [k, flat] of members.entries()) dx.data[flat] = dy.data[i]! * derivatives[k]!;
  });
  return dx;
}

/** Flat indices of `x` that share their coordinates along the kept axes, groups in row-major order of those. */
function groupsOf(x: ReferenceArray, axes: readonly number[]): { groups: number[][]; shape: number[] } {
  const shape = x.shape.filter((_, axis) => !axes.includes(axis));
  const groups = Array.from(zerosArray(shape).data, (): number[] => []);
  const kept = stridesOf(shape);
  const strides = x.shape.map((_, axis) => (axes.includes(axis) ? 0 : kept.shift()!));
  forEachIndex(x.shape, (flat, at) => groups[flatIndex(at, strides)]!.push(flat));
  return { groups, shape };
}
