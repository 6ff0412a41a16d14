import { Generator } from '@cnn/core';

/**
 * A random stream of its own for each purpose of a run, so that switching one on moves no other: seeded with the 32-bit
 * FNV-1a hash of the run's seed and the stream's name.
 */
export function namedGenerator(seed: number, name: string): Generator {
  let hash = 0x811c9dc5;
  for (const character of `${seed}:${name}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return new Generator(hash >>> 0);
}
