const N = 624;
const M = 397;
const TWO_POW_24 = 2 ** 24;

/** Everything that the next draw depends on, as JSON. */
export type GeneratorState = { readonly seed: number; readonly index: number; readonly words: readonly number[] };

/**
 * PyTorch's CPU random numbers, bit for bit: MT19937 seeded as `torch.manual_seed` does.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Generator.html
 */
export class Generator {
  readonly seed: number;
  #words: Uint32Array = new Uint32Array(N);
  #index: number = N;

  /** @param seed Only its low 32 bits count, as in PyTorch. */
  constructor(seed: number | bigint) {
    this.seed = Number(BigInt.asUintN(32, BigInt(seed)));
    this.#words[0] = this.seed;
    for (let j = 1; j < N; j++) {
      const previous = this.#words[j - 1]!;
      this.#words[j] = Math.imul(1812433253, previous ^ (previous >>> 30)) + j;
    }
  }

  /** One uniform 32-bit word. */
  u32(): number {
    if (this.#index >= N) this.#twist();
    let y = this.#words[this.#index++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** One uniform 64-bit word from two 32-bit ones, the first above the second. */
  u64(): bigint {
    const high = BigInt(this.u32());
    return (high << 32n) | BigInt(this.u32());
  }

  /** A non-negative 63-bit integer, as `tensor.random_()` of an int64 draws. */
  int63(): bigint {
    return BigInt.asUintN(63, this.u64());
  }

  /** `count` float32 values uniform in [low, high), one 32-bit word each. */
  uniform(count: number, low = 0, high = 1): Float32Array {
    const from = Math.fround(low);
    const range = Math.fround(high) - from;
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++) values[i] = ((this.u32() & 0xffffff) / TWO_POW_24) * range + from;
    return values;
  }

  /** A permutation of 0..n-1, as `torch.randperm(n, generator=...)`. */
  randperm(n: number): Int32Array {
    const p = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const j = i + (this.u32() % (n - i));
      const swap = p[i]!;
      p[i] = p[j]!;
      p[j] = swap;
    }
    return p;
  }

  state(): GeneratorState {
    return { seed: this.seed, index: this.#index, words: Array.from(this.#words) };
  }

  restore(state: GeneratorState): void {
    this.#words = Uint32Array.from(state.words);
    this.#index = state.index;
  }

  #twist(): void {
    const words = this.#words;
    for (let k = 0; k < N; k++) {
      const y = (words[k]! & 0x80000000) | (words[(k + 1) % N]! & 0x7fffffff);
      words[k] = words[(k + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }
}
