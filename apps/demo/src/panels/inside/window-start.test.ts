import { expect, test } from 'vitest';
import { windowStart } from './window-start.ts';

const point = {
  kind: 'convolution',
  kernelSize: [1, 1],
  stride: [1, 1],
  dilation: [1, 1],
  paddingBegin: [0, 0],
  paddingEnd: [0, 0],
  groups: 1,
  countIncludePad: true,
} as const;

test('a window begins with the filter that answers most, and the channel that it answers to', () => {
  const input = { call: 0, values: Float32Array.of(1, 2, 3, 4), shape: [2, 1, 2] };
  // Two filters of two input channels: the second weighs the second channel most.
  const weight = Float32Array.of(1, 0, 0.5, -3);
  const output = { call: 0, values: Float32Array.of(1, -5.5, 3, 9), shape: [2, 1, 2] };
  expect(windowStart(point, { call: 0, input, output, weight, bias: null })).toEqual({
    channel: 1,
    inputChannel: 1,
    cell: [1, 0],
  });
  const pooling = { ...point, kind: 'max' } as const;
  expect(windowStart(pooling, { call: 0, input, output, weight: null, bias: null })).toEqual({
    channel: 1,
    inputChannel: 0,
    cell: [1, 0],
  });
});
