/** Element types that the cases use. */
export type ReferenceDtype = 'float32' | 'int32' | 'bool';

/** A dense row-major array in double precision: what a right backend computes, before rounding to float32. */
export interface ReferenceArray {
  /** Length of each axis, in the order of memory. */
  readonly shape: readonly number[];
  /** Elements, row-major, in double precision. */
  readonly data: Float64Array;
  /** What the tensor of it is made as; the arithmetic here is in double precision for all of them. */
  readonly dtype: ReferenceDtype;
}

/** Elements of an array of `shape`. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Elements to step over for one step along each axis of a row-major array. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

/** An array of zeros. */
export function zerosArray(shape: readonly number[]): ReferenceArray {
  return { shape, data: new Float64Array(sizeOfShape(shape)), dtype: 'float32' };
}

/** An array of the given values. */
export function arrayOf(
  shape: readonly number[],
  values: ArrayLike<number>,
  dtype: ReferenceDtype = 'float32',
): ReferenceArray {
  if (values.length !== sizeOfShape(shape)) throw new RangeError(`[${shape}] does not hold ${values.length} values`);
  return { shape, data: Float64Array.from(values), dtype };
}

/** Applies `f` to every element, or to corresponding elements of arrays of one shape. */
export function mapArrays(
  f: (...values: number[]) => number,
  first: ReferenceArray,
  ...rest: ReferenceArray[]
): ReferenceArray {
  const data = first.data.map((value, i) => f(value, ...rest.map((array) => array.data[i]!)));
  return { shape: first.shape, data, dtype: 'float32' };
}

/** Calls `visit` with the flat index and the coordinates of each element in row-major order. One array is reused. */
export function forEachIndex(shape: readonly number[], visit: (flat: number, at: readonly number[]) => void): void {
  const at = new Array<number>(shape.length).fill(0);
  const size = sizeOfShape(shape);
  for (let flat = 0; flat < size; flat++) {
    visit(flat, at);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at[axis] = at[axis]! + 1;
      if (at[axis]! < shape[axis]!) break;
      at[axis] = 0;
    }
  }
}

/** Flat index of coordinates: their dot product with the strides. */
export function flatIndex(at: readonly number[], strides: readonly number[]): number {
  let flat = 0;
  for (let axis = 0; axis < strides.length; axis++) flat += at[axis]! * strides[axis]!;
  return flat;
}
