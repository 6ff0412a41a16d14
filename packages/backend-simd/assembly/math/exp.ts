import { madd } from '../madd';

// Cody and Waite: ln 2 in two parts, of which n times the first is exact.
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
// Below, e^x rounds to zero; above, to infinity.
const LOWEST: f32 = -104;
const HIGHEST: f32 = 89;

/** x rounded to whole multiples of ln 2. */
@inline
function multiples(x: v128): v128 {
  return f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
}

@inline
function remainder(x: v128, n: v128): v128 {
  return madd(n, f32x4.splat(-LN2_LOW), madd(n, f32x4.splat(-LN2_HIGH), x));
}

/** e^r - 1 for |r| <= ln 2 / 2; the coefficients are those of Cephes' expf. */
@inline
function expm1Remainder(r: v128): v128 {
  let p = f32x4.splat(1.9875691500e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  return madd(f32x4.mul(r, r), p, r);
}

/** 2^n for whole n in -126..127. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** e^x: within 1 unit in the last place for normal results, denormals rounded; NaN stays NaN. */
@inline
export function expVector(x: v128): v128 {
  const bounded = f32x4.min(f32x4.max(x, f32x4.splat(LOWEST)), f32x4.splat(HIGHEST));
  const n = multiples(bounded);
  const scaled = f32x4.add(expm1Remainder(remainder(bounded, n)), f32x4.splat(1));
  // In two steps, since 2^n itself may be too small or too large.
  const whole = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(scaled, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** e^x - 1 for x <= 0, without cancellation near zero. */
@inline
export function expm1NegativeVector(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-87));
  const n = multiples(bounded);
  const power = powerOfTwo(i32x4.trunc_sat_f32x4_s(n));
  return madd(expm1Remainder(remainder(bounded, n)), power, f32x4.sub(power, f32x4.splat(1)));
}
