import { CnnError } from '../errors/cnn-error.ts';
import { drawNormalBlocks, drawNormalPair } from './normal-draw.ts';
import { decodeWords, encodeWords } from './word-encoding.ts';

const N = 624;
const M = 397;
const TWO_POW_24 = 2 ** 24;
const TWO_POW_32 = 2 ** 32;
const TWO_POW_53 = 2 ** 53;

/** Everything that the next draw depends on, as JSON. */
export type GeneratorState = {
  /** What the generator was seeded with. */
  readonly seed: number;
  /** Words of the current block that have been used, 0..624. */
  readonly index: number;
  /** The 624 words, little-endian, in base64. */
  readonly words: string;
  /** The second of a pair of normal numbers of which only the first was used. */
  readonly nextNormal: number | null;
};

/**
 * PyTorch's CPU random numbers, bit for bit: MT19937 seeded as `torch.manual_seed` does.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.Generator.html
 */
export class Generator {
  /** What it was seeded with, 0..2^32 - 1. */
  readonly seed: number;
  #words: Uint32Array = new Uint32Array(N);
  /** What the words give when they are drawn. */
  readonly #tempered: Uint32Array = new Uint32Array(N);
  #index: number = N;
  #nextNormal: number | null = null;

  /**
   * @param seed Only its low 32 bits count, as in PyTorch.
   * @throws CnnError `invalid-argument` when it is no integer.
   */
  constructor(seed: number | bigint) {
    this.seed = low32(seed);
    this.#words[0] = this.seed;
    for (let j = 1; j < N; j++) {
      const previous = this.#words[j - 1]!;
      this.#words[j] = Math.imul(1812433253, previous ^ (previous >>> 30)) + j;
    }
  }

  /**
   * A stream of its own for one purpose, so that switching it on moves no other draw of the run.
   *
   * @param name What the stream is for, for example `augmentation`. The same seed and name give the same stream.
   */
  static derive(seed: number | bigint, name: string): Generator {
    return new Generator(mixSeed(seed, name));
  }

  /** One uniform 32-bit word. */
  u32(): number {
    if (this.#index >= N) this.#twist();
    return this.#tempered[this.#index++]!;
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

  /** One number uniform in [0, 1) with 53 bits, from one 64-bit word. */
  uniformDouble(): number {
    const high = this.u32() & 0x1fffff;
    return (high * TWO_POW_32 + this.u32()) / TWO_POW_53;
  }

  /** `count` float32 values uniform in [low, high), one 32-bit word each. */
  uniform(count: number, low = 0, high = 1): Float32Array {
    const from = Math.fround(low);
    const range = Math.fround(high) - from;
    const [words, values] = [this.#draw(count), new Float32Array(count)];
    for (let i = 0; i < count; i++) values[i] = ((words[i]! & 0xffffff) / TWO_POW_24) * range + from;
    return values;
  }

  /**
   * `count` float32 values from a normal distribution, as `tensor.normal_(mean, std)`: in blocks from 16 values on, in
   * pairs below. Blocks equal PyTorch's to 3e-7 of a value (its logarithm and sine are approximations), pairs bit for bit.
   */
  normal(count: number, mean = 0, std = 1): Float32Array {
    if (count >= 16) return drawNormalBlocks(this, count, mean, std);
    return Float32Array.from({ length: count }, () => this.#normalDouble() * std + mean);
  }

  /** `count` draws, each 1 with this probability and else 0, one 64-bit word each. */
  bernoulli(count: number, probability: number): Float32Array {
    const [words, draws] = [this.#draw(2 * count), new Float32Array(count)];
    for (let i = 0; i < count; i++) {
      const uniform = ((words[2 * i]! & 0x1fffff) * TWO_POW_32 + words[2 * i + 1]!) / TWO_POW_53;
      draws[i] = uniform < probability ? 1 : 0;
    }
    return draws;
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

  /** Where the stream stands, as JSON of about 3.4 kB. */
  state(): GeneratorState {
    return { seed: this.seed, index: this.#index, words: encodeWords(this.#words), nextNormal: this.#nextNormal };
  }

  /** Continues where `state` was taken. @throws CnnError `invalid-argument` when it is no state of a generator. */
  restore(state: GeneratorState): void {
    const words = decodeWords(state.words);
    if (words.length !== N || !Number.isInteger(state.index) || state.index < 0 || state.index > N) {
      throw new CnnError('invalid-argument', {
        where: 'Generator.restore',
        expected: `${N} words and an index of 0..${N}`,
        received: `${words.length} words, index ${state.index}`,
        remedy: 'Pass what state() returned',
      });
    }
    this.#words = words;
    this.#temper();
    this.#index = state.index;
    this.#nextNormal = state.nextNormal;
  }

  /** As many words at once. */
  #draw(count: number): Uint32Array {
    const words = new Uint32Array(count);
    let filled = 0;
    while (filled < count) {
      if (this.#index >= N) this.#twist();
      const taken = Math.min(count - filled, N - this.#index);
      words.set(this.#tempered.subarray(this.#index, this.#index + taken), filled);
      this.#index += taken;
      filled += taken;
    }
    return words;
  }

  #normalDouble(): number {
    if (this.#nextNormal !== null) {
      const value = this.#nextNormal;
      this.#nextNormal = null;
      return value;
    }
    const [cosine, sine] = drawNormalPair(this);
    this.#nextNormal = sine;
    return cosine;
  }

  #twist(): void {
    const words = this.#words;
    for (let k = 0; k < N; k++) {
      const next = k + 1 < N ? k + 1 : 0;
      const far = k + M < N ? k + M : k + M - N;
      const y = (words[k]! & 0x80000000) | (words[next]! & 0x7fffffff);
      words[k] = words[far]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
    this.#temper();
  }

  #temper(): void {
    const [words, tempered] = [this.#words, this.#tempered];
    for (let k = 0; k < N; k++) {
      let y = words[k]!;
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      tempered[k] = y ^ (y >>> 18);
    }
  }
}

/** FNV-1a over the seed's bytes and the name's, so that neighbouring seeds and names give unrelated streams. */
function mixSeed(seed: number | bigint, name: string): number {
  const low = low32(seed);
  const bytes = [low & 255, (low >>> 8) & 255, (low >>> 16) & 255, low >>> 24, ...new TextEncoder().encode(name)];
  return bytes.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

function low32(seed: number | bigint): number {
  if (typeof seed === 'bigint' || Number.isSafeInteger(seed)) return Number(BigInt.asUintN(32, BigInt(seed)));
  throw new CnnError('invalid-argument', {
    where: 'Generator.seed',
    expected: 'an integer',
    received: String(seed),
    remedy: 'Pass a whole number below 2^53, or a bigint',
  });
}
