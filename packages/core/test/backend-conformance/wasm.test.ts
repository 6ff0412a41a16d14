import { wasmBackend } from '@cnn/core';
import { test } from 'vitest';
import { expectConformance } from './expect-conformance.ts';

test('the wasm backend, with its missing and wrong kernels replaced, conforms to the double precision reference', async () => {
  await wasmBackend().load({ threads: 1 });
  await expectConformance('wasm', { repaired: ['MaxPoolGrad'], fickle: ['memory that nobody wrote'] });
});
