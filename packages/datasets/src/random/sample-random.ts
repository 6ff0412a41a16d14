/**
 * A small, fast stream of random numbers named by integer keys (for example run seed, epoch, sample index): the same
 * keys give the same stream wherever and in whatever order samples are prepared. It shares nothing with `Generator`,
 * so drawing from it moves no PyTorch-compatible stream.
 *
 * Integer arithmetic only (sfc32 seeded by a murmur-style hash): the same numbers in every engine.
 *
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 */
export class SampleRandom {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  /**
   * The stream that `keys` name.
   *
   * @param keys Integers; their low 32 bits count, and their order.
   */
  constructor(...keys: readonly number[]) {
    this.reseed(...keys);
  }

  /** Starts the stream of other keys, without a new object. */
  reseed(...keys: readonly number[]): void {
    let hash = 0x9e3779b9 ^ keys.length;
    for (const key of keys) hash = mix(Math.imul(hash, 31) + (key | 0));
    this.#a = mix(hash + 0x3c6ef372);
    this.#b = mix(hash + 0xdaa66d2b);
    this.#c = mix(hash + 0x78dde6e4);
    this.#counter = 1;
    for (let i = 0; i < 12; i++) this.u32();
  }

  /** One uniform 32-bit word. */
  u32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number uniform in [low, high), of 32 random bits. */
  uniform(low = 0, high = 1): number {
    return low + (this.u32() / 2 ** 32) * (high - low);
  }

  /** An integer uniform in 0..count-1. */
  integer(count: number): number {
    return Math.floor((this.u32() / 2 ** 32) * count);
  }

  /** True with this probability. */
  chance(probability: number): boolean {
    return this.u32() / 2 ** 32 < probability;
  }

  /** Nearly normal, mean 0 and deviation 1: the sum of four uniforms (within ±3.47), free of engine-defined functions. */
  normal(): number {
    const sum = this.u32() + this.u32() + this.u32() + this.u32();
    return (sum / 2 ** 32 - 2) * 1.7320508075688772;
  }
}

function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
