import { cpuBackend } from '@cnn/core';
import { test } from 'vitest';
import { expectConformance } from './expect-conformance.ts';

test('the cpu backend conforms to the double precision reference', async () => {
  await cpuBackend().load({ threads: 1 });
  await expectConformance('cpu');
});
