import { CnnError, type JsonValue, nearestName, type PairOption } from '@cnn/core';

/** What a value must be: `pair` is a number or `[height, width]`, `padding` may be `same` or `valid` besides. */
export type LayerOptionType = 'count' | 'pair' | 'padding' | 'size' | 'flag' | 'number' | 'sides' | 'gelu';

/** An option of a layer. */
export interface LayerOption {
  /** What its value must be. */
  readonly type: LayerOptionType;
  /** Absent where the option must be given; null where it follows from another option or from the input. */
  readonly default?: JsonValue;
  /** What it does, in a few words. */
  readonly description: string;
}

/** Options of a layer by name. */
export type LayerOptions = Readonly<Record<string, LayerOption>>;

/** The options of one layer of a config, read with their types and defaults. */
export class LayerOptionReader {
  readonly #where: string;
  readonly #declared: LayerOptions;
  readonly #given: Readonly<Record<string, JsonValue>>;

  /** @throws CnnError `invalid-argument` for an option that the layer does not have, with the nearest it has. */
  constructor(where: string, declared: LayerOptions, given: Readonly<Record<string, JsonValue>>) {
    this.#where = where;
    this.#declared = declared;
    this.#given = given;
    const names = Object.keys(declared);
    const unknown = Object.keys(given).find((option) => !names.includes(option));
    if (unknown === undefined) return;
    throw new CnnError('invalid-argument', {
      where,
      expected: names.length === 0 ? 'no options' : `no options but ${names.join(', ')}`,
      received: unknown,
      remedy: names.length === 0 ? 'Leave it out' : `Write ${nearestName(unknown, names)}, or leave it out`,
    });
  }

  count(option: string): number {
    const value = this.#value(option);
    return typeof value === 'number' ? value : this.#refuse(option, 'a whole number');
  }

  number(option: string): number {
    const value = this.#value(option);
    return typeof value === 'number' ? value : this.#refuse(option, 'a number');
  }

  /** Null where the option has no default of its own and is not given. */
  optional<Value>(option: string, read: () => Value): Value | undefined {
    return this.#value(option) === null ? undefined : read();
  }

  pair(option: string): PairOption {
    const pair = pairOf(this.#value(option));
    return pair ?? this.#refuse(option, 'a whole number, or [height, width]');
  }

  padding(option: string): PairOption | 'same' | 'valid' {
    const value = this.#value(option);
    if (value === 'same' || value === 'valid') return value;
    return pairOf(value) ?? this.#refuse(option, "a whole number, [height, width], 'same' or 'valid'");
  }

  /** Sides where null keeps what comes in. */
  size(option: string): number | readonly [number | null, number | null] {
    const value = this.#value(option);
    if (typeof value === 'number') return value;
    if (Array.isArray(value) && value.length === 2) {
      const [height, width] = value;
      if (isSide(height) && isSide(width)) return [height, width];
    }
    return this.#refuse(option, 'a whole number, or [height, width] with null for a side that stays');
  }

  flag(option: string): boolean {
    const value = this.#value(option);
    return typeof value === 'boolean' ? value : this.#refuse(option, 'true or false');
  }

  sides(option: string): number | readonly number[] {
    const value = this.#value(option);
    if (typeof value === 'number') return value;
    if (Array.isArray(value)) {
      const sides = value.filter((side) => typeof side === 'number');
      if (sides.length === value.length) return sides;
    }
    return this.#refuse(option, 'a whole number, or a list of them');
  }

  approximation(option: string): 'none' | 'tanh' {
    const value = this.#value(option);
    return value === 'none' || value === 'tanh' ? value : this.#refuse(option, "'none' or 'tanh'");
  }

  #value(option: string): JsonValue {
    return this.#given[option] ?? this.#declared[option]?.default ?? null;
  }

  #refuse(option: string, expected: string): never {
    const given = this.#given[option];
    const absent = given === undefined || given === null;
    throw new CnnError('invalid-argument', {
      where: `${this.#where} ${option}`,
      expected,
      received: absent ? 'none' : (JSON.stringify(given) ?? String(given)),
      remedy: absent ? `Add ${option}: ${this.#declared[option]?.description}` : 'Change the value',
    });
  }
}

function pairOf(value: JsonValue): PairOption | undefined {
  if (typeof value === 'number') return value;
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [height, width] = value;
  return typeof height === 'number' && typeof width === 'number' ? [height, width] : undefined;
}

function isSide(value: JsonValue | undefined): value is number | null {
  return typeof value === 'number' || value === null;
}
