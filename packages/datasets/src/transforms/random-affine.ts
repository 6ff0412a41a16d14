import { checkRange, optionError } from './check-options.ts';
import type { Transform } from './transform.ts';
import { warpAffine } from './warp-affine.ts';

/** Ranges from which an affine map is drawn. */
export interface RandomAffineOptions {
  /** Greatest turn in either direction, or a range, in degrees. */
  readonly degrees?: number | readonly [low: number, high: number];
  /** Greatest shift in either direction, as parts of width and height. */
  readonly translate?: readonly [x: number, y: number];
  /** Range of the factor of the image's size. Default: none. */
  readonly scale?: readonly [low: number, high: number];
  /** Greatest slant along x in either direction, or a range, in degrees. */
  readonly shear?: number | readonly [low: number, high: number];
  /** Value of what comes from outside the image, in the image's own scale. */
  readonly fill?: number;
}

/** Turns, shifts, scales and slants about the middle, as torchvision's `RandomAffine`, bilinear. */
export function randomAffine(options: RandomAffineOptions): Transform {
  const { translate = [0, 0], scale = [1, 1], fill = 0 } = options;
  const degrees = angleRange(options.degrees ?? 0, 'random-affine.degrees');
  const shear = angleRange(options.shear ?? 0, 'random-affine.shear');
  checkRange(scale, 'random-affine.scale', Number.MIN_VALUE);
  if (translate.length !== 2 || translate.some((part) => !(part >= 0 && part <= 1))) {
    throw optionError('random-affine.translate', 'two parts 0..1', translate, 'Pass [x, y], for example [0.1, 0.1]');
  }
  return {
    name: 'random-affine',
    outputShape: (input) => input,
    apply(image, random) {
      const turn = radians(random.uniform(...degrees));
      const shiftX = random.uniform(-translate[0], translate[0]) * image.shape[1];
      const shiftY = random.uniform(-translate[1], translate[1]) * image.shape[0];
      const factor = random.uniform(...scale);
      const slant = Math.tan(radians(random.uniform(...shear)));
      const cosine = Math.cos(turn) / factor;
      const sine = Math.sin(turn) / factor;
      // The inverse of: slant, then turn and scale, then shift.
      const a = cosine - slant * -sine;
      const b = sine - slant * cosine;
      const inverse = [a, b, -(a * shiftX + b * shiftY), -sine, cosine, sine * shiftX - cosine * shiftY] as const;
      return warpAffine(image, inverse, fill);
    },
  };
}

/** Turns about the middle by up to `degrees` in either direction, or within a range; bilinear. */
export function randomRotation(options: {
  readonly degrees: number | readonly [low: number, high: number];
  readonly fill?: number;
}): Transform {
  return { ...randomAffine(options), name: 'random-rotation' };
}

function angleRange(angle: number | readonly [number, number], where: string): readonly [number, number] {
  const range = typeof angle === 'number' ? ([-angle, angle] as const) : angle;
  if (range.length === 2 && range[0] <= range[1] && range.every(Number.isFinite)) return range;
  throw optionError(where, 'a non-negative angle in degrees, or [low, high]', angle, 'Pass, for example, 10');
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
