import { invalidWeightsFile } from '../invalid-weights-file.ts';
import type { PickleValue } from './pickle-value.ts';

/** The stack of a pickle machine, with its marks. Reading from an empty one is an error of the file. */
export class PickleStack {
  readonly #where: string;
  readonly #values: PickleValue[] = [];
  readonly #marks: number[] = [];

  constructor(where: string) {
    this.#where = where;
  }

  push(value: PickleValue): void {
    this.#values.push(value);
  }

  mark(): void {
    this.#marks.push(this.#values.length);
  }

  pop(): PickleValue {
    this.#requireValue();
    return this.#values.pop() as PickleValue;
  }

  top(): PickleValue {
    this.#requireValue();
    return this.#values.at(-1) as PickleValue;
  }

  /** All values above the last mark, which goes too. */
  popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined || mark > this.#values.length) throw this.#damaged('a mark on the stack', 'none');
    return this.#values.splice(mark);
  }

  /** As `popToMark`, in pairs. */
  popPairsToMark(): [PickleValue, PickleValue][] {
    const flat = this.popToMark();
    if (flat.length % 2 === 1) throw this.#damaged('keys and values in pairs', `${flat.length} of them`);
    return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i] ?? null, flat[2 * i + 1] ?? null]);
  }

  #requireValue(): void {
    if (this.#values.length === 0 || this.#values.length === this.#marks.at(-1)) {
      throw this.#damaged('a value on the stack', 'an empty one');
    }
  }

  #damaged(expected: string, received: string): Error {
    return invalidWeightsFile(this.#where, expected, received);
  }
}
