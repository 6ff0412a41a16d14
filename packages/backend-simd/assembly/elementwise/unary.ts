import { expm1NegativeVector, expVector } from '../math/exp';
import { logVector } from '../math/log';
import { sigmoidVector, tanhVector } from '../math/sigmoid';
import { BLOCK } from './block';

const ABS = 0;
const ELU = 1;
const EXP = 2;
const LEAKY_RELU = 3;
const LOG = 4;
const NEG = 5;
const RELU6 = 6;
const RSQRT = 7;
const SIGMOID = 8;
const SQRT = 9;
const SQUARE = 10;
const STEP = 11;
const TANH = 12;

// Inlined with a constant operation, of which only its own branch is left.
@inline
function apply(operation: i32, x: v128, alpha: f32): v128 {
  if (operation == ABS) return f32x4.abs(x);
  if (operation == ELU) {
    const zero = f32x4.splat(0);
    return v128.bitselect(x, expm1NegativeVector(f32x4.min(x, zero)), f32x4.ge(x, zero));
  }
  if (operation == EXP) return expVector(x);
  if (operation == LEAKY_RELU) {
    return v128.bitselect(f32x4.mul(x, f32x4.splat(alpha)), x, f32x4.lt(x, f32x4.splat(0)));
  }
  if (operation == LOG) return logVector(x);
  if (operation == NEG) return f32x4.neg(x);
  if (operation == RELU6) return f32x4.min(f32x4.max(x, f32x4.splat(0)), f32x4.splat(6));
  if (operation == RSQRT) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (operation == SIGMOID) return sigmoidVector(x);
  if (operation == SQRT) return f32x4.sqrt(x);
  if (operation == SQUARE) return f32x4.mul(x, x);
  if (operation == STEP) {
    const y = v128.bitselect(f32x4.splat(1), f32x4.splat(alpha), f32x4.gt(x, f32x4.splat(0)));
    return v128.bitselect(y, x, f32x4.eq(x, x));
  }
  return tanhVector(x);
}

/** Blocks end on whole vectors and so does the memory of a tensor: the last vector may hold values that nobody reads. */
@inline
function map(operation: i32, x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  const last = <usize>min(end * BLOCK, size) << 2;
  for (let i = <usize>(begin * BLOCK) << 2; i < last; i += 16) {
    v128.store(y + i, apply(operation, v128.load(x + i), alpha));
  }
}

export function abs(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(ABS, x, y, size, alpha, begin, end);
}
export function elu(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(ELU, x, y, size, alpha, begin, end);
}
export function exp(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(EXP, x, y, size, alpha, begin, end);
}
/** x where x >= 0, else alpha * x. */
export function leakyRelu(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(LEAKY_RELU, x, y, size, alpha, begin, end);
}
export function log(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(LOG, x, y, size, alpha, begin, end);
}
export function neg(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(NEG, x, y, size, alpha, begin, end);
}
export function relu6(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(RELU6, x, y, size, alpha, begin, end);
}
export function rsqrt(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(RSQRT, x, y, size, alpha, begin, end);
}
export function sigmoid(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(SIGMOID, x, y, size, alpha, begin, end);
}
export function sqrt(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(SQRT, x, y, size, alpha, begin, end);
}
export function square(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(SQUARE, x, y, size, alpha, begin, end);
}
/** 1 where x > 0, alpha elsewhere, NaN for NaN. */
export function step(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(STEP, x, y, size, alpha, begin, end);
}
export function tanh(x: usize, y: usize, size: i32, alpha: f32, begin: i32, end: i32): void {
  map(TANH, x, y, size, alpha, begin, end);
}
