/** y [columns, rows] = transpose of x [rows, columns]. Tasks are columns of x. */
export function transposeMatrix(x: usize, y: usize, rows: i32, columns: i32, begin: i32, end: i32): void {
  for (let column = begin; column < end; column++) {
    const target = y + (<usize>(column * rows) << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(target + (<usize>row << 2), load<f32>(x + (<usize>(row * columns + column) << 2)));
    }
  }
}
