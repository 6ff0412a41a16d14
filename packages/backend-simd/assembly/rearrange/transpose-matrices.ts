/**
 * Transposes each matrix of x [count, rows, columns] of 4-byte elements. Returns y [count, columns, rows]. Tasks are
 * groups of `columnsPerTask` columns of a matrix.
 */
export function transposeMatrices(
  x: usize,
  y: usize,
  rows: i32,
  columns: i32,
  columnsPerTask: i32,
  begin: i32,
  end: i32,
): void {
  const groups = (columns + columnsPerTask - 1) / columnsPerTask;
  for (let task = begin; task < end; task++) {
    const matrix = task / groups;
    const first = (task % groups) * columnsPerTask;
    const last = min(first + columnsPerTask, columns);
    const offset = <usize>(matrix * rows * columns) << 2;
    transposeColumns(x + offset, y + offset, rows, columns, first, last);
  }
}

function transposeColumns(x: usize, y: usize, rows: i32, columns: i32, first: i32, last: i32): void {
  const xPitch = <usize>columns << 2;
  const yPitch = <usize>rows << 2;
  const wholeRows = rows & ~3;
  let column = first;
  for (; column + 4 <= last; column += 4) {
    let from = x + (<usize>column << 2);
    let to = y + <usize>column * yPitch;
    for (let row = 0; row < wholeRows; row += 4) {
      const a = v128.load(from);
      const b = v128.load(from + xPitch);
      const c = v128.load(from + 2 * xPitch);
      const d = v128.load(from + 3 * xPitch);
      const ab = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
      const ab2 = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
      const cd2 = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(to + yPitch, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(to + 2 * yPitch, v128.shuffle<i64>(ab2, cd2, 0, 2));
      v128.store(to + 3 * yPitch, v128.shuffle<i64>(ab2, cd2, 1, 3));
      from += 4 * xPitch;
      to += 16;
    }
    for (let row = wholeRows; row < rows; row++) {
      for (let k: usize = 0; k < 4; k++) store<i32>(to + k * yPitch, load<i32>(from + (k << 2)));
      from += xPitch;
      to += 4;
    }
  }
  for (; column < last; column++) {
    let from = x + (<usize>column << 2);
    let to = y + <usize>column * yPitch;
    for (let row = 0; row < rows; row++) {
      store<i32>(to, load<i32>(from));
      from += xPitch;
      to += 4;
    }
  }
}
