import { expect, it } from 'vitest';
import { KERNEL_RULES } from '../trace/trace-recorder.ts';
import { TFJS_TRANSLATORS } from './tfjs-translators.ts';

it('there is a translation into TensorFlow for every kernel that can be traced', () => {
  expect(Object.keys(TFJS_TRANSLATORS).sort()).toEqual(Object.keys(KERNEL_RULES).sort());
});
