import { storeLanes } from '../tile/store-lanes';

// Numbered as in src/kernels/binary/binary-operation.ts.
const ADD = 0;
const SUBTRACT = 1;
const MULTIPLY = 2;
const DIVIDE = 3;
const MAXIMUM = 4;
const MINIMUM = 5;
const SQUARED_DIFFERENCE = 6;
const PRELU = 7;
const ELU_GRAD = 8;

/** Which operand is one value repeated. */
const NEITHER = 0;
const FIRST = 1;
const SECOND = 2;

@inline
function combine(operation: i32, a: v128, b: v128): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  if (operation == SUBTRACT) return f32x4.sub(a, b);
  if (operation == MULTIPLY) return f32x4.mul(a, b);
  if (operation == DIVIDE) return f32x4.div(a, b);
  if (operation == MAXIMUM) return f32x4.max(a, b);
  if (operation == MINIMUM) return f32x4.min(a, b);
  if (operation == SQUARED_DIFFERENCE) {
    const difference = f32x4.sub(a, b);
    return f32x4.mul(difference, difference);
  }
  const zero = f32x4.splat(0);
  if (operation == PRELU) return v128.bitselect(f32x4.mul(a, b), a, f32x4.lt(a, zero));
  // ELU_GRAD: dy, and the output y, of which y + 1 is the slope below zero.
  return v128.bitselect(a, f32x4.mul(a, f32x4.add(b, f32x4.splat(1))), f32x4.ge(b, zero));
}

@inline
function combineElements(operation: i32, repeated: i32, a: usize, b: usize, y: usize, count: i32): void {
  const bytes = <usize>(count & ~3) << 2;
  let i: usize = 0;
  if (repeated == NEITHER) {
    for (; i < bytes; i += 16) v128.store(y + i, combine(operation, v128.load(a + i), v128.load(b + i)));
    if (count & 3) storeLanes(y + i, combine(operation, v128.load(a + i), v128.load(b + i)), count & 3);
  } else if (repeated == FIRST) {
    const first = v128.load32_splat(a);
    for (; i < bytes; i += 16) v128.store(y + i, combine(operation, first, v128.load(b + i)));
    if (count & 3) storeLanes(y + i, combine(operation, first, v128.load(b + i)), count & 3);
  } else {
    const second = v128.load32_splat(b);
    for (; i < bytes; i += 16) v128.store(y + i, combine(operation, v128.load(a + i), second));
    if (count & 3) storeLanes(y + i, combine(operation, v128.load(a + i), second), count & 3);
  }
}

/** y = a (operation) b for `count` elements in a row, where one operand may be one value repeated. */
export function combineRow(operation: i32, repeated: i32, a: usize, b: usize, y: usize, count: i32): void {
  switch (operation) {
    case ADD:
      combineElements(ADD, repeated, a, b, y, count);
      break;
    case SUBTRACT:
      combineElements(SUBTRACT, repeated, a, b, y, count);
      break;
    case MULTIPLY:
      combineElements(MULTIPLY, repeated, a, b, y, count);
      break;
    case DIVIDE:
      combineElements(DIVIDE, repeated, a, b, y, count);
      break;
    case MAXIMUM:
      combineElements(MAXIMUM, repeated, a, b, y, count);
      break;
    case MINIMUM:
      combineElements(MINIMUM, repeated, a, b, y, count);
      break;
    case SQUARED_DIFFERENCE:
      combineElements(SQUARED_DIFFERENCE, repeated, a, b, y, count);
      break;
    case PRELU:
      combineElements(PRELU, repeated, a, b, y, count);
      break;
    case ELU_GRAD:
      combineElements(ELU_GRAD, repeated, a, b, y, count);
      break;
  }
}
