import { CnnError } from '../errors/cnn-error.ts';

/** Two numbers of an image: along its height, then along its width. */
export type Pair = readonly [height: number, width: number];

/** One number for both sides, or one each, as PyTorch takes kernel sizes, strides, paddings and dilations. */
export type PairOption = number | Pair;

/**
 * Both sides of `option`.
 *
 * @param where Named in the error, for example `Conv2d.stride`.
 * @throws CnnError `invalid-argument` when a side is no integer of at least `minimum`.
 */
export function toPair(option: PairOption, where: string, { minimum = 1 }: { minimum?: number } = {}): Pair {
  const sides: readonly number[] = typeof option === 'number' ? [option, option] : option;
  if (sides.length === 2 && sides.every((side) => Number.isInteger(side) && side >= minimum)) {
    return [sides[0]!, sides[1]!];
  }
  throw new CnnError('invalid-argument', {
    where,
    expected: `an integer ≥ ${minimum} or a pair [height, width] of them`,
    received: JSON.stringify(option) ?? String(option),
    remedy: `Pass for example ${Math.max(minimum, 2)} or [${Math.max(minimum, 2)}, ${Math.max(minimum, 2)}]`,
  });
}
