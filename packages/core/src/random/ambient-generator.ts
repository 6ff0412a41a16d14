import { CnnError } from '../errors/cnn-error.ts';
import { Generator } from './generator.ts';

let ambient: Generator | undefined;

/**
 * Seeds the generator from which layers are initialised when they are given none, as `torch.manual_seed` does.
 *
 * @returns That generator: a shuffled loader that is to visit as PyTorch's draws from it too.
 */
export function manualSeed(seed: number | bigint): Generator {
  ambient = new Generator(seed);
  return ambient;
}

/** The generator of layers that are given none. Seeded at random until `manualSeed` is called, as in PyTorch. */
export function ambientGenerator(): Generator {
  ambient ??= new Generator(crypto.getRandomValues(new Uint32Array(1))[0]!);
  return ambient;
}

/**
 * Builds something with `generator` as the ambient one, and puts the former back, also when `build` throws.
 *
 * @example
 * const model = withGenerator(new Generator(0), () => new TinyCnn());
 * @throws CnnError `invalid-argument` when `build` returns a promise: what it awaits would draw from another generator.
 */
export function withGenerator<Result>(generator: Generator, build: () => Result): Result {
  const former = ambient;
  ambient = generator;
  try {
    const result = build();
    if (result instanceof Promise) {
      throw new CnnError('invalid-argument', {
        where: 'withGenerator',
        expected: 'a synchronous function',
        received: 'one that returns a promise',
        remedy: 'Await what is needed first, then build the module in one go',
      });
    }
    return result;
  } finally {
    ambient = former;
  }
}
