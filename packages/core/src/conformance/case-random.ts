import { Generator } from '../random/generator.ts';
import { arrayOf, type ReferenceArray, sizeOfShape } from './reference-array.ts';

/** Seeded shapes and values for cases. Values are exact in float32, so that reference and backend start from the same. */
export class CaseRandom {
  readonly #generator: Generator;

  constructor(seed: number) {
    this.#generator = new Generator(seed);
  }

  /** A uniform integer in low..high, both included. */
  int(low: number, high: number): number {
    return low + (this.#generator.u32() % (high - low + 1));
  }

  pick<Choice>(choices: readonly Choice[]): Choice {
    return choices[this.int(0, choices.length - 1)]!;
  }

  /** Uniform values in [low, high), float32. */
  uniform(shape: readonly number[], low = -1, high = 1): ReferenceArray {
    return arrayOf(shape, this.#generator.uniform(sizeOfShape(shape), low, high));
  }

  /** Distinct values in shuffled order, symmetric around zero: no ties, so a maximum has one place. */
  distinct(shape: readonly number[], step: number = 1 / 64): ReferenceArray {
    const size = sizeOfShape(shape);
    const order = this.#generator.randperm(size);
    return arrayOf(
      shape,
      Float32Array.from(order, (rank) => (rank - (size - 1) / 2) * step),
    );
  }

  /** Uniform integers in low..high, both included. */
  integers(shape: readonly number[], low: number, high: number): ReferenceArray {
    return arrayOf(
      shape,
      Int32Array.from({ length: sizeOfShape(shape) }, () => this.int(low, high)),
      'int32',
    );
  }

  /** A copy of `array` in which about a fifth of the elements are NaN or infinite. */
  withNonFinite(array: ReferenceArray): ReferenceArray {
    const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    return { ...array, data: array.data.map((value) => (this.int(0, 4) === 0 ? this.pick(special) : value)) };
  }
}
