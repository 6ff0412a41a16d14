import { BLOCK } from './block';

/** y = max(x, 0); NaN stays NaN. `size` floats; tasks are blocks of `BLOCK`. */
export function relu(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  const zero = f32x4.splat(0);
  const last = <usize>min(end * BLOCK, size) << 2;
  let i = <usize>(begin * BLOCK) << 2;
  for (; i + 16 <= last; i += 16) {
    v128.store(y + i, f32x4.max(v128.load(x + i), zero));
  }
  for (; i < last; i += 4) {
    store<f32>(y + i, max<f32>(load<f32>(x + i), 0));
  }
}

/** dx = dy where y > 0, else 0. `size` floats; tasks are blocks of `BLOCK`. */
export function reluGrad(dy: usize, y: usize, dx: usize, size: i32, begin: i32, end: i32): void {
  const zero = f32x4.splat(0);
  const last = <usize>min(end * BLOCK, size) << 2;
  let i = <usize>(begin * BLOCK) << 2;
  for (; i + 16 <= last; i += 16) {
    v128.store(dx + i, v128.and(v128.load(dy + i), f32x4.gt(v128.load(y + i), zero)));
  }
  for (; i < last; i += 4) {
    store<f32>(dx + i, load<f32>(y + i) > 0 ? load<f32>(dy + i) : 0);
  }
}
