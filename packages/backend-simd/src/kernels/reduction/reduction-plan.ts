/** A tensor as `[outer, length, inner]`, of which the middle axis is reduced. */
export interface ReductionPlan {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** The plan for reducing `axes`, in ascending order; `undefined` where they do not lie together. */
export function reductionPlan(shape: readonly number[], axes: readonly number[]): ReductionPlan | undefined {
  // Axes of one element may count as reduced or as kept.
  const matter = axes.filter((axis) => shape[axis] !== 1);
  const [first = 0, last = -1] = [matter[0], matter.at(-1)];
  const between = shape.slice(first, last + 1).filter((side, i) => side !== 1 && !matter.includes(first + i));
  if (between.length > 0) return undefined;
  return {
    outer: product(shape.slice(0, first)),
    length: product(shape.slice(first, last + 1)),
    inner: product(shape.slice(last + 1)),
  };
}

function product(sides: readonly number[]): number {
  return sides.reduce((result, side) => result * side, 1);
}
