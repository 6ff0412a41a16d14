import { describe, expect, test } from 'vitest';
import { type BroughtPicture, extended, lineWidth, type Sketch, undone, visiblePart, withStroke } from './sketch.ts';

const point = (x: number, y: number) => ({ x, y, width: 0.1 });
const picture: BroughtPicture = { kind: 'picture', data: new Uint8ClampedArray(4), height: 1, width: 1 };

describe('a sketch', () => {
  const drawn = extended(withStroke([], point(0, 0)), [point(0.5, 0), point(1, 0)]);

  test('grows stroke by stroke', () => {
    expect(drawn).toHaveLength(1);
    const two = extended(withStroke(drawn, point(0, 1)), [point(1, 1)]);
    expect(visiblePart(two)).toMatchObject([
      { points: [{ x: 0 }, { x: 0.5 }, { x: 1 }] },
      { points: [{ y: 1 }, { y: 1 }] },
    ]);
    expect(visiblePart(undone(two))).toEqual(visiblePart(drawn));
    expect(undone([])).toEqual([]);
  });

  test('a picture takes its place, and undo brings it back', () => {
    const brought: Sketch = [...drawn, picture];
    expect(visiblePart(brought)).toBe(picture);
    expect(extended(brought, [point(1, 1)])).toBe(brought);
    expect(visiblePart(undone(brought))).toEqual(drawn);
    expect(visiblePart(withStroke(brought, point(0, 0)))).toHaveLength(1); // drawing on begins on an empty canvas
  });

  test('a pen that is pressed harder draws wider; a mouse and a finger always the same', () => {
    const pen = (pressure: number) => lineWidth({ pointerType: 'pen', pressure });
    expect(pen(0.9)).toBeGreaterThan(pen(0.2));
    expect(lineWidth({ pointerType: 'mouse', pressure: 0.5 })).toBe(lineWidth({ pointerType: 'touch', pressure: 1 }));
  });
});
