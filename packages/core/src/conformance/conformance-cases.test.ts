import { describe, expect, it } from 'vitest';
import { CaseRandom } from './case-random.ts';
import type { ConformanceCase } from './conformance-case.ts';
import { CONFORMANCE_FAMILIES } from './conformance-case.ts';
import { conformanceCases } from './conformance-cases.ts';
import type { ReferenceArray } from './reference-array.ts';

const H = 1e-5;
const PROBES = 6;

describe('the cases of the conformance suite', () => {
  it('have unique names and cover every family', () => {
    const cases = conformanceCases();
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    expect(new Set(cases.map(({ family }) => family))).toEqual(new Set(CONFORMANCE_FAMILIES));
  });

  it('are the same for the same seed and others for another', () => {
    const names = (seed: number): string[] => conformanceCases({ seed, families: ['conv2d'] }).map(({ name }) => name);
    expect(names(3)).toEqual(names(3));
    expect(names(3)).not.toEqual(names(4));
  });

  it('start from values that float32 holds exactly', () => {
    for (const { name, inputs } of conformanceCases()) {
      for (const { data } of inputs)
        expect(
          data.every((value) => Object.is(Math.fround(value), value)),
          name,
        ).toBe(true);
    }
  });

  it('have reference gradients that are the slopes of their reference values', () => {
    const random = new CaseRandom(5);
    let probed = 0;
    for (const tested of conformanceCases({ without: ['large', 'non-finite', 'zero-sized'] })) {
      if (tested.gradient) probed += probe(tested, random);
    }
    expect(probed).toBeGreaterThan(2000);
  });
});

/** Compares gradients at a few elements with central differences; kinks, where both sides differ, are passed over. */
function probe(tested: ConformanceCase, random: CaseRandom): number {
  const value = tested.value() as ReferenceArray;
  // One value beyond the rest would leave no digits for the differences of the others.
  if (value.data.some((element) => Math.abs(element) > 1e6)) return 0;
  const dy = random.uniform(value.shape);
  const objective = (): number => {
    const { data } = tested.value() as ReferenceArray;
    return data.reduce((sum, value, i) => sum + value * dy.data[i]!, 0);
  };
  let probed = 0;
  for (const [k, gradient] of tested.gradient!(dy).entries()) {
    const input = tested.inputs[k]!;
    for (let p = 0; gradient && p < PROBES; p++) {
      const i = random.int(0, input.data.length - 1);
      const middleValue = input.data[i]!;
      const at = (shift: number): number => {
        input.data[i] = middleValue + shift;
        return objective();
      };
      const [below, middle, above] = [at(-H), at(0), at(H)];
      input.data[i] = middleValue;
      const [left, right] = [(middle - below) / H, (above - middle) / H];
      if (!(Math.abs(left - right) <= 5e-5 * (1 + Math.abs(left)))) continue;
      const slope = (left + right) / 2;
      expect(Math.abs(gradient.data[i]! - slope), `${tested.name}, input ${k}`).toBeLessThan(
        1e-4 * (1 + Math.abs(slope)),
      );
      probed++;
    }
  }
  return probed;
}
