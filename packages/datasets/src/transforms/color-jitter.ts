import type { SampleRandom } from '../random/sample-random.ts';
import { optionError } from './check-options.ts';
import type { Image, Transform } from './transform.ts';

/** How far colours are changed: a factor is drawn from `[1 - x, 1 + x]`; a shift of hue from `[-hue, hue]` turns. */
export interface ColorJitterOptions {
  /** Greatest change of the factor from 1: 0.2 draws from 0.8..1.2. Default 0. */
  readonly brightness?: number;
  /** Likewise, of the distance from the image's mean grey. Default 0. */
  readonly contrast?: number;
  /** Likewise, of the distance from the image in grey. Default 0. */
  readonly saturation?: number;
  /** At most 0.5, half a turn of the colour circle. */
  readonly hue?: number;
}

/** Changes colours 0..1 in place, `[pixels, 3]` or `[pixels, 1]`. */
type Adjustment = (values: Float32Array, channels: number, amount: number) => void;

/**
 * Changes brightness, contrast, saturation and hue in a random order, as torchvision's `ColorJitter`. Saturation and
 * hue leave grey images alone. For bytes, or floats in [0, 1].
 */
export function colorJitter(options: ColorJitterOptions): Transform {
  const { brightness = 0, contrast = 0, saturation = 0, hue = 0 } = options;
  for (const [name, amount] of Object.entries({ brightness, contrast, saturation })) {
    if (!(amount >= 0))
      throw optionError(`color-jitter.${name}`, 'a number from 0 on', amount, 'Pass, for example, 0.2');
  }
  if (!(hue >= 0 && hue <= 0.5))
    throw optionError('color-jitter.hue', 'a part of a turn 0..0.5', hue, 'Pass, for example, 0.1');
  const factor = (spread: number) => (random: SampleRandom) => random.uniform(Math.max(0, 1 - spread), 1 + spread);
  const steps: { adjust: Adjustment; amount: (random: SampleRandom) => number; used: boolean }[] = [
    { adjust: adjustBrightness, amount: factor(brightness), used: brightness > 0 },
    { adjust: adjustContrast, amount: factor(contrast), used: contrast > 0 },
    { adjust: adjustSaturation, amount: factor(saturation), used: saturation > 0 },
    { adjust: adjustHue, amount: (random) => random.uniform(-hue, hue), used: hue > 0 },
  ];
  return {
    name: 'color-jitter',
    outputShape: (input) => input,
    apply(image, random) {
      const order = steps.map((step) => ({ step, amount: step.amount(random), key: random.u32() }));
      order.sort((a, b) => a.key - b.key);
      return adjusted(image, (values, channels) => {
        for (const { step, amount } of order) if (step.used) step.adjust(values, channels, amount);
      });
    },
  };
}

function adjusted({ pixels, shape }: Image, change: (values: Float32Array, channels: number) => void): Image {
  const isBytes = pixels instanceof Uint8Array;
  const values = isBytes ? Float32Array.from(pixels, (byte) => byte / 255) : pixels.slice();
  change(values, shape[2]);
  if (!isBytes) return { pixels: values, shape };
  return { pixels: Uint8Array.from(values, (value) => Math.floor(value * 255 + 0.5)), shape };
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

function greyAt(values: Float32Array, at: number, channels: number): number {
  if (channels < 3) return values[at]!;
  return 0.2989 * values[at]! + 0.587 * values[at + 1]! + 0.114 * values[at + 2]!;
}

/** Colour channels of a pixel: an alpha channel is none. */
function colours(channels: number): number {
  return channels === 2 || channels === 4 ? channels - 1 : channels;
}

function adjustBrightness(values: Float32Array, channels: number, factor: number): void {
  for (let at = 0; at < values.length; at += channels) {
    for (let c = 0; c < colours(channels); c++) values[at + c] = clamp(values[at + c]! * factor);
  }
}

function adjustContrast(values: Float32Array, channels: number, factor: number): void {
  let sum = 0;
  for (let at = 0; at < values.length; at += channels) sum += greyAt(values, at, channels);
  const mean = sum / (values.length / channels);
  for (let at = 0; at < values.length; at += channels) {
    for (let c = 0; c < colours(channels); c++) values[at + c] = clamp(mean + (values[at + c]! - mean) * factor);
  }
}

function adjustSaturation(values: Float32Array, channels: number, factor: number): void {
  if (channels < 3) return;
  for (let at = 0; at < values.length; at += channels) {
    const grey = greyAt(values, at, channels);
    for (let c = 0; c < 3; c++) values[at + c] = clamp(grey + (values[at + c]! - grey) * factor);
  }
}

/** Turns the hue of the HSV colour, whose value and chroma stay. */
function adjustHue(values: Float32Array, channels: number, turns: number): void {
  if (channels < 3) return;
  for (let at = 0; at < values.length; at += channels) {
    const red = values[at]!;
    const green = values[at + 1]!;
    const blue = values[at + 2]!;
    const value = Math.max(red, green, blue);
    const chroma = value - Math.min(red, green, blue);
    if (chroma === 0) continue;
    const sector =
      value === red
        ? (green - blue) / chroma
        : value === green
          ? (blue - red) / chroma + 2
          : (red - green) / chroma + 4;
    const turned = (((sector / 6 + turns) % 1) + 1) % 1;
    for (let c = 0; c < 3; c++) {
      const k = (5 - 2 * c + turned * 6 + 6) % 6;
      values[at + c] = value - chroma * clamp(Math.min(k, 4 - k));
    }
  }
}
