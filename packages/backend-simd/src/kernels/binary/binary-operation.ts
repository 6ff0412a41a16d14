/** Numbers of the operations in assembly/binary/combine.ts. */
export const BINARY_OPERATION = {
  add: 0,
  subtract: 1,
  multiply: 2,
  divide: 3,
  maximum: 4,
  minimum: 5,
  squaredDifference: 6,
  prelu: 7,
  eluGrad: 8,
} as const;

/** An operation on two elements. */
export type BinaryOperation = keyof typeof BINARY_OPERATION;
