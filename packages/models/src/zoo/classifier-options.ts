import { CnnError } from '@cnn/core';

/** What the networks of the zoo can be told. */
export interface ClassifierOptions {
  /** Logits per image. Default 10. */
  readonly classes?: number;
  /** 1 for grey images, 3 for colour. Default 1. */
  readonly inChannels?: number;
  /** Side of the square images, in pixels. Default 28. */
  readonly imageSize?: number;
}

/**
 * `options` with their defaults, checked.
 *
 * @param smallestImage Side in pixels below which no feature is left behind the last pooling.
 * @throws CnnError `invalid-argument` naming the option that is no legal value.
 */
export function classifierOptions(
  model: string,
  options: ClassifierOptions,
  { smallestImage = 1 }: { smallestImage?: number } = {},
): Required<ClassifierOptions> {
  const { classes = 10, inChannels = 1, imageSize = 28 } = options;
  checkInteger(`${model}.classes`, classes, 1);
  checkInteger(`${model}.inChannels`, inChannels, 1);
  checkInteger(`${model}.imageSize`, imageSize, smallestImage);
  return { classes, inChannels, imageSize };
}

/** @throws CnnError `invalid-argument` when `value` is no integer of at least `smallest`. */
export function checkInteger(where: string, value: number, smallest: number): void {
  if (Number.isInteger(value) && value >= smallest) return;
  throw new CnnError('invalid-argument', {
    where,
    expected: `an integer of at least ${smallest}`,
    received: String(value),
    remedy: `Pass ${smallest} or more`,
  });
}
