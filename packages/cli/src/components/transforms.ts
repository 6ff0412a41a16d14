import {
  centerCrop,
  colorJitter,
  grayscale,
  normalize,
  pad,
  randomAffine,
  randomCrop,
  randomErasing,
  randomHorizontalFlip,
  randomResizedCrop,
  randomRotation,
  randomVerticalFlip,
  resize,
  type Transform,
  toFloat,
} from '@cnn/datasets';
import * as z from 'zod/mini';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { COUNT, described, list, NO_OPTIONS, number, option, whole } from '../config/option.ts';

const size = described(z.union([COUNT, z.tuple([COUNT, COUNT])]), 'side in pixels, or [height, width]');
const border = whole({ min: 0 });
const padding = described(
  z.union([border, z.tuple([border, border]), z.tuple([border, border, border, border])]),
  'border in pixels, or [horizontal, vertical], or [left, top, right, bottom]',
);
const fill = option(number(), 0, "value of what lies outside, in the image's own scale");
const part = number({ min: 0, max: 1 });
const p = option(part, 0.5, 'probability');
const range = z.tuple([number(), number()]);
const positive = number({ above: 0 });
const positiveRange = z.tuple([positive, positive]);
const angle = described(z.union([number({ min: 0 }), range]), 'greatest turn in degrees, or [low, high]');
const amount = option(number({ min: 0 }), 0);

/** Transforms and augmentations by the name that configs use. Options are named and preset as in torchvision. */
export const TRANSFORMS: BuiltIns<void, Transform> = {
  'to-float': builtIn(NO_OPTIONS, () => toFloat()),
  normalize: builtIn(
    z.strictObject({
      mean: described(list(number(), { least: 1 }), 'of each channel, or one for all'),
      std: described(list(positive, { least: 1 }), 'of each channel, or one for all'),
    }),
    (options) => normalize(options),
  ),
  resize: builtIn(
    z.strictObject({
      size: described(size, 'length of the shorter side, or [height, width]'),
      antialias: option(z.boolean(), true, 'let every pixel count when made smaller'),
    }),
    (options) => resize(options),
    { shorthand: 'size' },
  ),
  'center-crop': builtIn(z.strictObject({ size }), (options) => centerCrop(options), { shorthand: 'size' }),
  pad: builtIn(z.strictObject({ padding, fill }), (options) => pad(options), { shorthand: 'padding' }),
  grayscale: builtIn(
    z.strictObject({ channels: option(z.union([z.literal(1), z.literal(3)]), 1) }),
    (options) => grayscale(options),
    { shorthand: 'channels' },
  ),
  'random-crop': builtIn(
    z.strictObject({ size, padding: option(padding, 0), fill }),
    (options) => randomCrop(options),
    { shorthand: 'size' },
  ),
  'random-resized-crop': builtIn(
    z.strictObject({
      size,
      scale: option(positiveRange, [0.08, 1], "part of the image's area, from and to"),
      ratio: option(positiveRange, [3 / 4, 4 / 3], 'width over height, from and to'),
    }),
    (options) => randomResizedCrop(options),
    { shorthand: 'size' },
  ),
  'random-horizontal-flip': builtIn(z.strictObject({ p }), (options) => randomHorizontalFlip(options), {
    shorthand: 'p',
  }),
  'random-vertical-flip': builtIn(z.strictObject({ p }), (options) => randomVerticalFlip(options), { shorthand: 'p' }),
  'random-rotation': builtIn(z.strictObject({ degrees: angle, fill }), (options) => randomRotation(options), {
    shorthand: 'degrees',
  }),
  'random-affine': builtIn(
    z.strictObject({
      degrees: option(angle, 0),
      translate: option(z.tuple([part, part]), [0, 0], 'greatest shift, as parts of width and height'),
      scale: option(positiveRange, [1, 1]),
      shear: option(z.union([number({ min: 0 }), range]), 0, 'greatest slant in degrees, or [low, high]'),
      fill,
    }),
    (options) => randomAffine(options),
  ),
  'color-jitter': builtIn(
    z.strictObject({
      brightness: amount,
      contrast: amount,
      saturation: amount,
      hue: option(number({ min: 0, max: 0.5 }), 0),
    }),
    (options) => colorJitter(options),
  ),
  'random-erasing': builtIn(
    z.strictObject({
      p,
      scale: option(positiveRange, [0.02, 0.33], "part of the image's area, from and to"),
      ratio: option(positiveRange, [0.3, 3.3], 'width over height, from and to'),
      value: option(z.union([number(), z.literal('random')]), 0),
    }),
    (options) => randomErasing(options),
  ),
};
