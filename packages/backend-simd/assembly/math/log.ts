import { madd } from '../madd';

const SMALLEST_NORMAL: f32 = 1.17549435e-38;
// Bits of the square root of 1/2.
const SQRT_HALF: i32 = 0x3f3504f3;

/** Natural logarithm, within 1 unit in the last place; -infinity at 0, NaN below. After musl's logf. */
@inline
export function logVector(x: v128): v128 {
  const denormal = f32x4.lt(x, f32x4.splat(SMALLEST_NORMAL));
  const normal = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, denormal);
  // x = 2^k * m with m between the square roots of 1/2 and of 2.
  const offset = i32x4.sub(normal, i32x4.splat(SQRT_HALF));
  const shift = v128.and(denormal, f32x4.splat(23));
  const k = f32x4.sub(f32x4.convert_i32x4_s(i32x4.shr_s(offset, 23)), shift);
  const m = i32x4.add(v128.and(offset, i32x4.splat(0x007fffff)), i32x4.splat(SQRT_HALF));
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  const w = f32x4.mul(z, z);
  const odd = f32x4.mul(z, madd(w, f32x4.splat(0.28498786688), f32x4.splat(0.66666662693)));
  const even = f32x4.mul(w, madd(w, f32x4.splat(0.24279078841), f32x4.splat(0.40000972152)));
  const halfSquare = f32x4.mul(f32x4.splat(0.5), f32x4.mul(f, f));
  const correction = madd(
    s,
    f32x4.add(halfSquare, f32x4.add(odd, even)),
    f32x4.mul(k, f32x4.splat(9.0580006145e-6)),
  );
  const low = f32x4.add(f32x4.sub(correction, halfSquare), f);
  const finite = madd(k, f32x4.splat(6.9313812256e-1), low);
  const infinite = f32x4.eq(x, f32x4.splat(Infinity));
  const zero = f32x4.eq(x, f32x4.splat(0));
  const below = v128.not(f32x4.ge(x, f32x4.splat(0)));
  let y = v128.bitselect(x, finite, infinite);
  y = v128.bitselect(f32x4.splat(-Infinity), y, zero);
  return v128.bitselect(f32x4.splat(NaN), y, below);
}
