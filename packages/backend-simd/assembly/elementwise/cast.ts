import { BLOCK } from './block';

/** float32 from int32. `size` elements; tasks are blocks of `BLOCK`. */
export function floatFromInt(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size) << 2;
  for (let i = <usize>(begin * BLOCK) << 2; i < last; i += 16) {
    v128.store(y + i, f32x4.convert_i32x4_s(v128.load(x + i)));
  }
}

/** int32 from float32, towards zero; NaN becomes 0 and what is too large the nearest. */
export function intFromFloat(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size) << 2;
  for (let i = <usize>(begin * BLOCK) << 2; i < last; i += 16) {
    v128.store(y + i, i32x4.trunc_sat_f32x4_s(v128.load(x + i)));
  }
}

/** float32 from bool, a byte each. */
export function floatFromBool(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size);
  for (let i = <usize>(begin * BLOCK); i < last; i += 4) {
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(x + i));
    v128.store(y + (i << 2), f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(bytes)));
  }
}

/** int32 from bool, a byte each. */
export function intFromBool(x: usize, y: usize, size: i32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size);
  for (let i = <usize>(begin * BLOCK); i < last; i += 4) {
    const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(x + i));
    v128.store(y + (i << 2), i32x4.extend_low_i16x8_u(bytes));
  }
}
