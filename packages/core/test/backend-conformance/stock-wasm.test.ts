import '@tensorflow/tfjs-backend-wasm';
import { checkConformance, conformanceCases } from '@cnn/core/conformance';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';

test('the suite finds the wrong gradient of max pooling in the wasm backend as it is', async () => {
  await tf.setBackend('wasm');
  const report = await checkConformance('wasm', { cases: conformanceCases({ families: ['max-pool'] }) });
  const wrong = report.failures.filter(({ quantity }) => quantity === 'gradient of input 0');
  expect(wrong.some(({ caseName }) => caseName.includes('all below zero'))).toBe(true);
  expect(wrong.find(({ caseName }) => caseName.includes('all below zero'))?.knownFault).toContain('MaxPoolGrad');
});

test('the suite finds that the wasm backend as it is has no gradient for filters', async () => {
  await tf.setBackend('wasm');
  const cases = conformanceCases({ families: ['conv2d'], without: ['large'] });
  const { failures } = await checkConformance('wasm', { cases });
  expect(failures.some(({ message }) => message.includes('Conv2DBackpropFilter'))).toBe(true);
});
