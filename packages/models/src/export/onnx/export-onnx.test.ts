import { expect, it } from 'vitest';
import { KERNEL_RULES } from '../trace/trace-recorder.ts';
import { ONNX_TRANSLATORS } from './export-onnx.ts';
import { transposeHost } from './transpose-host.ts';

it('there is a translation into ONNX for every kernel that can be traced', () => {
  expect(Object.keys(ONNX_TRANSLATORS).sort()).toEqual(Object.keys(KERNEL_RULES).sort());
});

it('transposeHost puts axis perm[i] at i', () => {
  const data = Float32Array.of(0, 1, 2, 3, 4, 5);
  expect(transposeHost(data, [2, 3], [1, 0])).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
  expect(transposeHost(data, [1, 2, 3], [2, 0, 1])).toEqual(Float32Array.of(0, 3, 1, 4, 2, 5));
});
