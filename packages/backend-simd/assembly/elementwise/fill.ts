import { BLOCK } from './block';

/** Sets `size` floats to `value`. Tasks are blocks of `BLOCK`. */
export function fill(y: usize, size: i32, value: f32, begin: i32, end: i32): void {
  const values = f32x4.splat(value);
  const last = <usize>min(end * BLOCK, size) << 2;
  for (let i = <usize>(begin * BLOCK) << 2; i < last; i += 16) v128.store(y + i, values);
}
