import { type ReferenceArray, zerosArray } from '../reference-array.ts';

/** `a` `[..., M, K]` times `b` `[..., K, N]`; leading axes of length one are broadcast. */
export function matMul(a: ReferenceArray, b: ReferenceArray): ReferenceArray {
  const [m, k] = a.shape.slice(-2) as [number, number];
  const n = b.shape.at(-1)!;
  const batch = batchSize(a) > batchSize(b) ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  const product = zerosArray([...batch, m, n]);
  for (let p = 0; p < batchSize(product); p++) {
    const fromA = batchSize(a) === 1 ? 0 : p * m * k;
    const fromB = batchSize(b) === 1 ? 0 : p * k * n;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a.data[fromA + i * k + l]! * b.data[fromB + l * n + j]!;
        product.data[(p * m + i) * n + j] = sum;
      }
    }
  }
  return product;
}

/** Swaps the last two axes. */
export function transposeMatrices(a: ReferenceArray): ReferenceArray {
  const [m, n] = a.shape.slice(-2) as [number, number];
  const result = zerosArray([...a.shape.slice(0, -2), n, m]);
  result.data.forEach((_, flat) => {
    const [p, j, i] = [Math.floor(flat / (m * n)), Math.floor(flat / m) % n, flat % m];
    result.data[flat] = a.data[p * m * n + i * n + j]!;
  });
  return result;
}

function batchSize({ shape }: ReferenceArray): number {
  return shape.slice(0, -2).reduce((product, side) => product * side, 1);
}
