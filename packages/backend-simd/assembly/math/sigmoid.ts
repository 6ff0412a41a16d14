import { expm1NegativeVector, expVector } from './exp';

/** 1 / (1 + e^-x), from an exponential that cannot overflow. */
@inline
export function sigmoidVector(x: v128): v128 {
  const e = expVector(f32x4.neg(f32x4.abs(x)));
  const numerator = v128.bitselect(e, f32x4.splat(1), f32x4.lt(x, f32x4.splat(0)));
  return f32x4.div(numerator, f32x4.add(e, f32x4.splat(1)));
}

/** Hyperbolic tangent, from e^(-2|x|) - 1, which keeps its digits near zero. */
@inline
export function tanhVector(x: v128): v128 {
  const t = expm1NegativeVector(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  const magnitude = f32x4.div(t, f32x4.add(t, f32x4.splat(2)));
  const sign = i32x4.splat(0x80000000);
  return v128.bitselect(x, magnitude, sign);
}
