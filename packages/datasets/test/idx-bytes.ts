/** An IDX file of unsigned bytes with this shape; the values count up. */
export function idxBytes(shape: readonly number[], values?: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, side) => product * side, 1);
  const bytes = new Uint8Array(4 + 4 * shape.length + size);
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((side, axis) => {
    view.setUint32(4 + 4 * axis, side);
  });
  for (let i = 0; i < size; i++) bytes[4 + 4 * shape.length + i] = values?.[i] ?? i;
  return bytes;
}
