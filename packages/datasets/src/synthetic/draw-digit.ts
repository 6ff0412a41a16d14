import type { SampleRandom } from '../random/sample-random.ts';
import { DIGIT_STYLES } from './digit-strokes.ts';
import { Pen } from './pen.ts';

/** Height and width of a drawn digit, in pixels. */
export const DIGIT_SIDE = 28;

/** Longest side of a digit before it is distorted, in pixels: MNIST's digits are fitted into a box of 20. */
const BOX = 19;
const MAX_NUMBERS = 64;

/**
 * Draws digits as hands do: a style, points that miss their place, a slant, a turn, a stretch, a bend, a pen of some
 * width and pressure, blur and noise. Only additions, multiplications, divisions and square roots are used, which
 * IEEE 754 defines to the last bit (a turn is made from the tangent of its half, so no sine), so that the same numbers
 * give the same bytes in every engine.
 */
export class DigitArtist {
  readonly #pen: Pen = new Pen(DIGIT_SIDE);
  readonly #points: Float64Array[] = [];
  readonly #blurred: Float32Array = new Float32Array(DIGIT_SIDE * DIGIT_SIDE);

  /** Draws `digit` into 784 bytes, white ink on black. */
  draw(digit: number, random: SampleRandom, out: Uint8Array): void {
    const styles = DIGIT_STYLES[digit]!;
    const style = styles[random.integer(styles.length)]!;
    this.#layOut(style, random);
    this.#pen.clear();
    const radius = random.uniform(0.75, 1.75);
    style.forEach((stroke, i) => {
      this.#pen.curve(this.#points[i]!, stroke.length, radius * random.uniform(0.9, 1.1));
    });
    this.#expose(random, out);
  }

  /** Places the points of each stroke on the canvas, with the centre of the drawn box near its middle. */
  #layOut(style: readonly (readonly number[])[], random: SampleRandom): void {
    const tangent = random.normal() * 0.065; // tangent of half the angle: a deviation of 7.4 degrees
    const cosine = (1 - tangent * tangent) / (1 + tangent * tangent);
    const sine = (2 * tangent) / (1 + tangent * tangent);
    const slant = random.normal() * 0.18;
    const width = BOX * random.uniform(0.62, 1.05);
    const height = BOX * random.uniform(0.85, 1.08);
    const bendX = random.normal() * 0.1;
    const bendY = random.normal() * 0.1;
    const skewX = random.normal() * 0.1;
    const skewY = random.normal() * 0.1;
    const tremble = random.uniform(0.01, 0.035);
    let left = Infinity;
    let right = -Infinity;
    let top = Infinity;
    let bottom = -Infinity;
    style.forEach((stroke, s) => {
      const points = this.#strokeBuffer(s);
      for (let i = 0; i < stroke.length; i += 2) {
        const u = stroke[i]! - 0.5 + random.normal() * tremble;
        const v = stroke[i + 1]! - 0.5 + random.normal() * tremble;
        const x = (u + bendX * (4 * v * v - 0.5) + skewX * 2 * u * v - slant * v) * width;
        const y = (v + bendY * (4 * u * u - 0.5) + skewY * 2 * u * v) * height;
        const turnedX = cosine * x - sine * y;
        const turnedY = sine * x + cosine * y;
        points[i] = turnedX;
        points[i + 1] = turnedY;
        left = Math.min(left, turnedX);
        right = Math.max(right, turnedX);
        top = Math.min(top, turnedY);
        bottom = Math.max(bottom, turnedY);
      }
    });
    const middle = (DIGIT_SIDE - 1) / 2;
    const shiftX = middle - (left + right) / 2 + random.normal() * 1.2;
    const shiftY = middle - (top + bottom) / 2 + random.normal() * 1.2;
    style.forEach((stroke, s) => {
      const points = this.#strokeBuffer(s);
      for (let i = 0; i < stroke.length; i += 2) {
        points[i] = points[i]! + shiftX;
        points[i + 1] = points[i + 1]! + shiftY;
      }
    });
  }

  #strokeBuffer(index: number): Float64Array {
    let buffer = this.#points[index];
    if (!buffer) {
      buffer = new Float64Array(MAX_NUMBERS);
      this.#points[index] = buffer;
    }
    return buffer;
  }

  /** Coverage to bytes: blur, pressure, noise. */
  #expose(random: SampleRandom, out: Uint8Array): void {
    const ink = this.#blur(random.uniform(0, 0.16));
    const level = random.uniform(205, 270);
    const noise = Math.max(0, random.uniform(-6, 14));
    for (let i = 0; i < ink.length; i++) {
      let value = ink[i]! * level;
      if (noise > 0) {
        const word = random.u32();
        const bell = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510;
        value += (bell / 148) * noise; // 148: the deviation of the sum of four bytes
      }
      out[i] = value <= 0 ? 0 : value >= 255 ? 255 : Math.floor(value + 0.5);
    }
  }

  /** Mixes each pixel with its four neighbours, each with this weight. */
  #blur(weight: number): Float32Array {
    const { ink } = this.#pen;
    const blurred = this.#blurred;
    const side = DIGIT_SIDE;
    const own = 1 - 4 * weight;
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const at = row * side + column;
        const above = row > 0 ? ink[at - side]! : 0;
        const below = row < side - 1 ? ink[at + side]! : 0;
        const before = column > 0 ? ink[at - 1]! : 0;
        const after = column < side - 1 ? ink[at + 1]! : 0;
        blurred[at] = own * ink[at]! + weight * (above + below + before + after);
      }
    }
    return blurred;
  }
}
