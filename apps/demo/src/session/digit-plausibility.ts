import { CnnError } from '@cnn/core';
import { type Image, resize, SampleRandom, withChannels } from '@cnn/datasets';

/** Side at which a picture is judged. */
const SIDE = 64;
/** Differences of grey below which there is nothing to see. */
const MIN_CONTRAST = 28;
/** Shares of the picture beyond which it is no single digit on an even ground. */
const MOST_INK = 0.42;
const MOST_MIDTONES = 0.2;
const MOST_BORDER_INK = 0.3;
/** Strokes that touch nothing else: a 5 may have two, and a stray mark is forgiven. */
const MOST_PARTS = 3;
/** Parts smaller than this share of the largest are dust. */
const DUST = 0.08;

/** What speaks for a picture to be one digit on an even ground. */
export interface DigitPlausibility {
  /** The ground is bright: the digit has to be inverted, for MNIST's are white on black. */
  readonly darkOnLight: boolean;
  /** Why it is not a single digit; null where it may be one. */
  readonly objection: string | null;
}

/** Judges whether a picture can be one digit: little ink, few greys, an empty border, one thing. */
export function digitPlausibility(image: Image): DigitPlausibility {
  const small = resize({ size: [SIDE, SIDE] }).apply(withChannels(onWhite(image), 1), new SampleRandom(0));
  const grey = Float32Array.from(small.pixels);
  const ground = median(border().map((at) => grey[at]!));
  const reach = grey.reduce((most, value) => Math.max(most, Math.abs(value - ground)), 0);
  const darkOnLight = ground > 127;
  if (reach < MIN_CONTRAST) return { darkOnLight, objection: 'it is blank' };
  const ink = Float32Array.from(grey, (value) => Math.abs(value - ground) / reach);
  const share = (count: (value: number) => boolean): number => ink.filter(count).length / ink.length;
  const parts = connectedParts(ink);
  const found = border().filter((at) => ink[at]! > 0.5).length / border().length;
  const objection =
    share((value) => value > 0.3 && value < 0.7) > MOST_MIDTONES
      ? 'it has many shades, as a photograph has'
      : share((value) => value > 0.5) > MOST_INK
        ? 'more than two fifths of it are ink'
        : found > MOST_BORDER_INK
          ? 'it runs over the border'
          : parts > MOST_PARTS
            ? `it has ${parts} separate parts`
            : null;
  return { darkOnLight, objection };
}

/** @throws CnnError `invalid-argument` saying why the picture is not a single digit. */
export function checkDigit({ objection }: DigitPlausibility, file: string): void {
  if (!objection) return;
  throw new CnnError('invalid-argument', {
    where: file,
    expected: 'a single digit on an even ground',
    received: `a picture that is not: ${objection}`,
    remedy: 'Crop it to one digit, or draw one',
  });
}

/** Colours on white where the picture is transparent. */
function onWhite(image: Image): Image {
  const [height, width, channels] = image.shape;
  if (channels !== 4) return image;
  const pixels = new Uint8Array(3 * height * width);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const alpha = image.pixels[4 * pixel + 3]! / 255;
    for (let channel = 0; channel < 3; channel++) {
      pixels[3 * pixel + channel] = Math.round(alpha * image.pixels[4 * pixel + channel]! + 255 * (1 - alpha));
    }
  }
  return { pixels, shape: [height, width, 3] };
}

function border(): number[] {
  const line = Array.from({ length: SIDE }, (_, at) => at);
  const last = SIDE - 1;
  return line.flatMap((at) => [at, last * SIDE + at, at * SIDE, at * SIDE + last]);
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!;
}

/** Strokes that do not touch each other, dust left out. */
function connectedParts(ink: Float32Array): number {
  const seen = new Uint8Array(ink.length);
  const areas: number[] = [];
  for (let start = 0; start < ink.length; start++) {
    if (seen[start] || ink[start]! < 0.4) continue;
    const stack = [start];
    seen[start] = 1;
    let area = 0;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      area++;
      const [row, column] = [Math.floor(at / SIDE), at % SIDE];
      for (let y = Math.max(0, row - 1); y <= Math.min(SIDE - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(SIDE - 1, column + 1); x++) {
          const neighbour = y * SIDE + x;
          if (seen[neighbour] || ink[neighbour]! < 0.4) continue;
          seen[neighbour] = 1;
          stack.push(neighbour);
        }
      }
    }
    areas.push(area);
  }
  const largest = Math.max(...areas);
  return areas.filter((area) => area >= DUST * largest).length;
}
