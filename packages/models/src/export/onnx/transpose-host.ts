/** A host array with its axes in another order: axis i of the result is axis `perm[i]` of `data`. */
export function transposeHost<Data extends Float32Array | Int32Array | Uint8Array>(
  data: Data,
  shape: readonly number[],
  perm: readonly number[],
): Data {
  const out = data.slice() as Data;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const sides = perm.map((axis) => shape[axis] ?? 1);
  const steps = perm.map((axis) => strides[axis] ?? 1);
  const index = sides.map(() => 0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from] ?? 0;
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1;
      from += steps[axis] ?? 0;
      if (next < (sides[axis] ?? 1)) {
        index[axis] = next;
        break;
      }
      from -= (steps[axis] ?? 0) * next;
      index[axis] = 0;
    }
  }
  return out;
}
