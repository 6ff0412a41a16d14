import type { SimdBackend } from '../../simd-backend.ts';

const OUTER_AXES = 4;
const TASK_ELEMENTS = 8192;

/** One axis of a copy, with the step of source and target along it, in elements. */
export interface CopyAxis {
  readonly side: number;
  readonly source: number;
  readonly target: number;
}

/** Merges neighbouring axes that both sides step through as through one, and drops those of one element. */
export function mergeAxes(axes: readonly CopyAxis[]): CopyAxis[] {
  const merged: CopyAxis[] = [];
  for (const axis of axes) {
    if (axis.side === 1) continue;
    const outer = merged.at(-1);
    if (outer && outer.source === axis.source * axis.side && outer.target === axis.target * axis.side) {
      merged[merged.length - 1] = { ...axis, side: outer.side * axis.side };
    } else {
      merged.push(axis);
    }
  }
  return merged;
}

/**
 * Copies 4-byte elements from address to address along axes, outermost first; along the innermost the target must
 * advance by one element. Returns false, having done nothing, where there are more axes than the kernel takes.
 */
export function copyStrided(
  backend: SimdBackend,
  { source, target, axes }: { source: number; target: number; axes: readonly CopyAxis[] },
): boolean {
  const merged = mergeAxes(axes);
  const inner = merged.at(-1)?.target === 1 ? merged.pop()! : { side: 1, source: 1, target: 1 };
  if (merged.length > OUTER_AXES) return false;
  const outer = [
    ...Array.from({ length: OUTER_AXES - merged.length }, () => ({ side: 1, source: 0, target: 0 })),
    ...merged,
  ];
  const rows = outer.reduce((product, { side }) => product * side, 1);
  const rowsPerTask = Math.max(1, Math.floor(TASK_ELEMENTS / Math.max(inner.side, 1)));
  const [, ...sides] = outer.map(({ side }) => side);
  backend.run({
    kernel: 'copyStrided',
    args: [
      ...[source, target, inner.side, inner.source, rowsPerTask, rows],
      ...sides,
      ...outer.map((axis) => axis.source),
      ...outer.map((axis) => axis.target),
    ],
    tasks: inner.side > 0 ? Math.ceil(rows / rowsPerTask) : 0,
    work: rows * inner.side,
  });
  return true;
}

/** Elements to step over for one step along each axis of a row-major tensor. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** Whether a tensor's elements take 4 bytes each, which is all that these kernels move. */
export function hasFourByteElements({ dtype }: { dtype: string }): boolean {
  return dtype === 'float32' || dtype === 'int32';
}
