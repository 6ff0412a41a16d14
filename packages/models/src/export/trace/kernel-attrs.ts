import { CnnError } from '@cnn/core';
import type { NamedAttrMap } from '@tensorflow/tfjs-core';

/** Padding as kernels of tfjs take it. */
export type KernelPad =
  | 'same'
  | 'valid'
  | number
  | [[number, number], [number, number], [number, number], [number, number]];

/** Typed access to the attributes that a kernel of tfjs was given. */
export class KernelAttrs {
  readonly #kernel: string;
  readonly #attrs: NamedAttrMap;

  constructor(kernel: string, attrs: NamedAttrMap = {}) {
    this.#kernel = kernel;
    this.#attrs = attrs;
  }

  number(name: string, fallback?: number): number {
    const value = this.#attrs[name] ?? fallback;
    return typeof value === 'number' ? value : this.#refuse(name, 'a number', value);
  }

  text<Text extends string>(name: string, fallback: Text): Text {
    const value = this.#attrs[name] ?? fallback;
    return typeof value === 'string' ? (value as Text) : this.#refuse(name, 'a text', value);
  }

  boolean(name: string): boolean {
    const value = this.#attrs[name] ?? false;
    return typeof value === 'boolean' ? value : this.#refuse(name, 'true or false', value);
  }

  numbers(name: string, fallback?: readonly number[]): number[] {
    const value = this.#attrs[name] ?? fallback;
    if (typeof value === 'number') return [value];
    const isList = Array.isArray(value) && value.every((entry) => typeof entry === 'number');
    return isList ? [...(value as number[])] : this.#refuse(name, 'a list of numbers', value);
  }

  isList(name: string): boolean {
    return Array.isArray(this.#attrs[name]);
  }

  /** `[height, width]`, also where one number was given for both. */
  pair(name: string, fallback: number = 1): [number, number] {
    const [height = fallback, width = height] = this.numbers(name, [fallback, fallback]);
    return [height, width];
  }

  /** `[before, after]` for each axis. */
  paddings(name: string): [number, number][] {
    const value = this.#attrs[name];
    if (!Array.isArray(value)) return this.#refuse(name, 'pairs of numbers', value);
    return value.map((pair) => (Array.isArray(pair) ? [Number(pair[0]), Number(pair[1])] : [0, 0]));
  }

  pad(name = 'pad'): KernelPad {
    const value = this.#attrs[name];
    if (typeof value === 'number') return value;
    if (value === 'same') return 'same';
    if (value === 'valid') return 'valid';
    const [n = [0, 0], height = [0, 0], width = [0, 0], c = [0, 0]] = this.paddings(name);
    return [n, height, width, c];
  }

  rounding(): 'floor' | 'round' | 'ceil' | undefined {
    const mode = this.#attrs.dimRoundingMode;
    return (['floor', 'round', 'ceil'] as const).find((known) => known === mode);
  }

  #refuse(name: string, expected: string, received: unknown): never {
    throw new CnnError('unsupported', {
      where: `the kernel ${this.#kernel}, ${name}`,
      expected,
      received: JSON.stringify(received) ?? 'nothing',
      remedy: 'Build the model from layers of @cnn/core or plain operations of tfjs',
    });
  }
}
