/**
 * y [outer, count, :] = x [outer, indices[:], :] where a row has `rowLength` 4-byte elements and x has `side` of them
 * for each outer index. Tasks are (outer, index).
 */
export function gatherRows(
  x: usize,
  indices: usize,
  y: usize,
  side: i32,
  count: i32,
  rowLength: i32,
  begin: i32,
  end: i32,
): void {
  const bytes = <usize>rowLength << 2;
  for (let task = begin; task < end; task++) {
    const index = load<i32>(indices + (<usize>(task % count) << 2));
    memory.copy(y + <usize>task * bytes, x + <usize>((task / count) * side + index) * bytes, bytes);
  }
}
