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
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

const side = z.int().min(1);
const size = z.union([side, z.tuple([side, side])]).describe('side in pixels, or [height, width]');
const border = z.int().min(0);
const padding = z
  .union([border, z.tuple([border, border]), z.tuple([border, border, border, border])])
  .describe('border in pixels, or [horizontal, vertical], or [left, top, right, bottom]');
const fill = z.number().default(0).describe("value of what lies outside, in the image's own scale");
const p = z.number().min(0).max(1).default(0.5).describe('probability');
const range = z.tuple([z.number(), z.number()]);
const positiveRange = z.tuple([z.number().positive(), z.number().positive()]);
const angle = z.union([z.number().min(0), range]).describe('greatest turn in degrees, or [low, high]');
const amount = z.number().min(0).default(0);
const NO_OPTIONS = z.strictObject({});

/** Transforms and augmentations by the name that configs use. Options are named and preset as in torchvision. */
export const TRANSFORMS: BuiltIns<void, Transform> = {
  'to-float': builtIn(NO_OPTIONS, () => toFloat()),
  normalize: builtIn(
    z.strictObject({
      mean: z.array(z.number()).min(1).describe('of each channel, or one for all'),
      std: z.array(z.number().positive()).min(1).describe('of each channel, or one for all'),
    }),
    (options) => normalize(options),
  ),
  resize: builtIn(
    z.strictObject({
      size: size.describe('length of the shorter side, or [height, width]'),
      antialias: z.boolean().default(true).describe('let every pixel count when made smaller'),
    }),
    (options) => resize(options),
    { shorthand: 'size' },
  ),
  'center-crop': builtIn(z.strictObject({ size }), (options) => centerCrop(options), { shorthand: 'size' }),
  pad: builtIn(z.strictObject({ padding, fill }), (options) => pad(options), { shorthand: 'padding' }),
  grayscale: builtIn(
    z.strictObject({ channels: z.union([z.literal(1), z.literal(3)]).default(1) }),
    (options) => grayscale(options),
    { shorthand: 'channels' },
  ),
  'random-crop': builtIn(
    z.strictObject({ size, padding: padding.default(0), fill }),
    (options) => randomCrop(options),
    { shorthand: 'size' },
  ),
  'random-resized-crop': builtIn(
    z.strictObject({
      size,
      scale: positiveRange.default([0.08, 1]).describe("part of the image's area, from and to"),
      ratio: positiveRange.default([3 / 4, 4 / 3]).describe('width over height, from and to'),
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
      degrees: angle.default(0),
      translate: z
        .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
        .default([0, 0])
        .describe('greatest shift, as parts of width and height'),
      scale: positiveRange.default([1, 1]),
      shear: z
        .union([z.number().min(0), range])
        .default(0)
        .describe('greatest slant in degrees, or [low, high]'),
      fill,
    }),
    (options) => randomAffine(options),
  ),
  'color-jitter': builtIn(
    z.strictObject({
      brightness: amount,
      contrast: amount,
      saturation: amount,
      hue: z.number().min(0).max(0.5).default(0),
    }),
    (options) => colorJitter(options),
  ),
  'random-erasing': builtIn(
    z.strictObject({
      p,
      scale: positiveRange.default([0.02, 0.33]).describe("part of the image's area, from and to"),
      ratio: positiveRange.default([0.3, 3.3]).describe('width over height, from and to'),
      value: z.union([z.number(), z.literal('random')]).default(0),
    }),
    (options) => randomErasing(options),
  ),
};
