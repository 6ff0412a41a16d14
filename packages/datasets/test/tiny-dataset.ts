import { type MemoryDataset, memoryDataset } from '../src/memory/memory-dataset.ts';

/** `count` images of 2 × 2 whose first pixel is their index, and whose class is the index modulo 3. */
export function tinyDataset(
  count: number,
  options: { name?: string; classNames?: readonly string[] } = {},
): MemoryDataset {
  const { name = 'tiny', classNames = ['a', 'b', 'c'] } = options;
  const pixels = Uint8Array.from({ length: 4 * count }, (_, i) => (i % 4 === 0 ? i / 4 : i % 251));
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3);
  return memoryDataset({ name, pixels, labels, shape: [2, 2, 1], classNames });
}
