/** The image that `scripts/fixtures/datasets.py` calls `pattern`. */
export function patternImage(shape: readonly [number, number, number]): {
  pixels: Uint8Array;
  shape: readonly [number, number, number];
} {
  const size = shape[0] * shape[1] * shape[2];
  return { pixels: Uint8Array.from({ length: size }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256), shape };
}
