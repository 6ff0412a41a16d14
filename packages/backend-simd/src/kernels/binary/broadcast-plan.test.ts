import { describe, expect, it } from 'vitest';
import { broadcastAxes } from './broadcast-plan.ts';

describe('the axes of a broadcast', () => {
  it('are one for tensors of one shape', () => {
    expect(broadcastAxes([2, 3, 4], [2, 3, 4])).toEqual([{ side: 24, a: 1, b: 1 }]);
  });

  it('are none for single elements, whatever their rank', () => {
    expect(broadcastAxes([], [1, 1])).toEqual([]);
  });

  it('are one where an operand is a single element', () => {
    expect(broadcastAxes([2, 3], [])).toEqual([{ side: 6, a: 1, b: 0 }]);
  });

  it('are two for a value per channel', () => {
    expect(broadcastAxes([8, 14, 14, 32], [32])).toEqual([
      { side: 1568, a: 32, b: 0 },
      { side: 32, a: 1, b: 1 },
    ]);
  });

  it('keep apart what repeats in turn', () => {
    expect(broadcastAxes([2, 1, 3, 1], [1, 4, 1, 5])).toEqual([
      { side: 2, a: 3, b: 0 },
      { side: 4, a: 0, b: 5 },
      { side: 3, a: 1, b: 0 },
      { side: 5, a: 0, b: 1 },
    ]);
  });
});
