import type { StateDict } from '@cnn/core';

/** Outputs of the network that weights belong to: the rows of the last matrix; null where there is none. */
export function classCountOf(weights: StateDict): number | null {
  const matrices = [...weights].filter(([name, { shape }]) => name.endsWith('weight') && shape.length === 2);
  return matrices.at(-1)?.[1].shape[0] ?? null;
}
