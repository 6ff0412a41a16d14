import { matMul as tfMatMul } from '@tensorflow/tfjs-core';
import { CaseRandom } from '../case-random.ts';
import { type ConformanceCase, type ConformanceTag, conformanceCase } from '../conformance-case.ts';
import { matMul, transposeMatrices } from '../reference/mat-mul-reference.ts';
import type { ReferenceArray } from '../reference-array.ts';

interface MatMulShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Leading axes of a and of b. */
  readonly batches?: readonly [readonly number[], readonly number[]];
  readonly tags?: readonly ConformanceTag[];
}

/** Matrix products with transposes and batches. */
export function matMulCases(seed: number): ConformanceCase[] {
  const random = new CaseRandom(seed + 101);
  const bit = (): boolean => random.int(0, 1) === 1;
  const shapes: MatMulShape[] = [
    { m: 1, k: 1, n: 1 },
    { m: 1, k: 17, n: 1 },
    { m: 0, k: 3, n: 2, tags: ['zero-sized'] },
    { m: 3, k: 4, n: 5, batches: [[2], [1]] },
    { m: 3, k: 4, n: 5, batches: [[1], [2]] },
    {
      m: 2,
      k: 3,
      n: 4,
      batches: [
        [2, 3],
        [2, 3],
      ],
    },
    { m: 5, k: 7, n: 3, tags: ['non-finite'] },
    { m: 64, k: 130, n: 70, tags: ['large'] },
  ];
  for (let i = 0; i < 12; i++) {
    shapes.push({
      m: random.int(1, 20),
      k: random.int(1, 20),
      n: random.int(1, 20),
      transposeA: bit(),
      transposeB: bit(),
    });
  }
  return shapes.map((shape) => matMulCase(random, shape));
}

function matMulCase(random: CaseRandom, shape: MatMulShape): ConformanceCase {
  const { m, k, n, transposeA = false, transposeB = false, batches = [[], []], tags = [] } = shape;
  const plain = [
    random.uniform([...batches[0], ...(transposeA ? [k, m] : [m, k])]),
    random.uniform([...batches[1], ...(transposeB ? [n, k] : [k, n])]),
  ];
  const [a, b] = (tags.includes('non-finite') ? plain.map((array) => random.withNonFinite(array)) : plain) as [
    ReferenceArray,
    ReferenceArray,
  ];
  const straightA = (): ReferenceArray => (transposeA ? transposeMatrices(a) : a);
  const straightB = (): ReferenceArray => (transposeB ? transposeMatrices(b) : b);
  const gradient = (dy: ReferenceArray): ReferenceArray[] => {
    const da = matMul(dy, transposeMatrices(straightB()));
    const db = matMul(transposeMatrices(straightA()), dy);
    return [transposeA ? transposeMatrices(da) : da, transposeB ? transposeMatrices(db) : db];
  };
  return conformanceCase({
    family: 'matMul',
    name: `matMul [${a.shape}]${transposeA ? 'ᵀ' : ''} [${b.shape}]${transposeB ? 'ᵀ' : ''} ${tags.join(' ')}`.trim(),
    tags,
    inputs: [a, b],
    run: (x, y) => tfMatMul(x!, y!, transposeA, transposeB),
    value: () => matMul(straightA(), straightB()),
    // tfjs-core has no gradient for a batch that is broadcast.
    ...(String(batches[0]) === String(batches[1]) ? { gradient } : {}),
  });
}
