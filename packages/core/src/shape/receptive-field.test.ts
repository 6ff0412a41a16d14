import { expect, test } from 'vitest';
import { type LayerWindow, receptiveField, seenRegion } from './receptive-field.ts';

function square(kernelSize: number, { stride = 1, padding = 0, dilation = 1 } = {}): LayerWindow {
  const both = (side: number) => [side, side] as const;
  return {
    kernelSize: both(kernelSize),
    stride: both(stride),
    dilation: both(dilation),
    paddingBegin: both(padding),
  };
}

test('a pixel of the image sees itself', () => {
  expect(receptiveField([])).toEqual({ size: [1, 1], jump: [1, 1], start: [0.5, 0.5] });
});

test('behind two blocks of a 3×3 convolution and a 2×2 pooling a pixel sees 10 each way, 4 apart', () => {
  const block = [square(3, { padding: 1 }), square(2, { stride: 2 })];
  expect(receptiveField([...block, ...block])).toEqual({ size: [10, 10], jump: [4, 4], start: [2, 2] });
});

test('behind the stem of ResNet a pixel sees 11 each way, 4 apart, around the first', () => {
  const stem = [square(7, { stride: 2, padding: 3 }), square(3, { stride: 2, padding: 1 })];
  expect(receptiveField(stem)).toEqual({ size: [11, 11], jump: [4, 4], start: [0.5, 0.5] });
});

test('dilation widens what is seen', () => {
  const tall: LayerWindow = { ...square(3, { dilation: 4 }), kernelSize: [3, 1] };
  expect(receptiveField([tall])).toMatchObject({ size: [9, 1], start: [4.5, 0.5] });
});

test('behind two such blocks the unit at row 3, column 0 sees rows 9 to 18 and columns from 3 before the image to 6', () => {
  const block = [square(3, { padding: 1 }), square(2, { stride: 2 })];
  expect(seenRegion(receptiveField([...block, ...block]), [3, 0])).toEqual({ rows: [9, 19], columns: [-3, 7] });
});
