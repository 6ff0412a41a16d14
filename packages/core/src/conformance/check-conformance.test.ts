import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkConformance } from './check-conformance.ts';
import { conformanceCases } from './conformance-cases.ts';

describe('checkConformance', () => {
  beforeAll(() => tf.setBackend('cpu'));

  afterEach(() => {
    if (tf.findBackendFactory('faulty')) tf.removeBackend('faulty');
    for (const { kernelName } of tf.getKernelsForBackend('faulty')) tf.unregisterKernel(kernelName, 'faulty');
  });

  it('finds a kernel that is wrong', async () => {
    registerFaulty({ MaxPoolGrad: lostBelowZero });
    const report = await checkConformance('faulty', { cases: conformanceCases({ families: ['max-pool'] }) });
    expect(report.failures.map(({ quantity }) => quantity)).toEqual(report.failures.map(() => 'gradient of input 0'));
    expect(report.failures.some(({ caseName }) => caseName.includes('all below zero'))).toBe(true);
  });

  it('reports what a kernel throws, with the case it was asked for', async () => {
    const refuse: tf.KernelFunc = () => {
      throw new Error('no such thing here');
    };
    registerFaulty({ Relu: refuse });
    const cases = conformanceCases({ families: ['activation'] }).filter(({ name }) => /^relu \[/.test(name));
    const report = await checkConformance('faulty', { cases });
    expect(report.failed).toBe(cases.length);
    expect(report.failures[0]).toMatchObject({ family: 'activation', caseName: cases[0]!.name, quantity: 'value' });
    expect(report.failures[0]!.message).toContain('no such thing here');
  });

  it('skips kernels beyond tfjs-core that a backend does not offer', async () => {
    const report = await checkConformance('cpu', { cases: conformanceCases({ families: ['optimizer'] }) });
    expect(report).toMatchObject({ backend: 'cpu', passed: 0, failed: 0 });
    expect(report.skipped).toContain('Adam, first step');
  });

  it('leaves no tensor and the backend that was current', async () => {
    registerFaulty({ MaxPoolGrad: lostBelowZero });
    const before = tf.memory().numTensors;
    await checkConformance('faulty', {
      cases: conformanceCases({ families: ['max-pool', 'matMul'], without: ['large'] }),
    });
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** A cpu backend with some kernels exchanged. */
function registerFaulty(kernels: Record<string, tf.KernelFunc>): void {
  tf.registerBackend('faulty', () => tf.findBackendFactory('cpu')() as tf.KernelBackend);
  tf.copyRegisteredKernels('cpu', 'faulty');
  for (const [kernelName, kernelFunc] of Object.entries(kernels)) {
    tf.unregisterKernel(kernelName, 'faulty');
    tf.registerKernel({ kernelName, backendName: 'faulty', kernelFunc });
  }
}

/** The gradient of max pooling as a search that starts from zero finds it. */
function lostBelowZero(params: Parameters<tf.KernelFunc>[0]): tf.TensorInfo | tf.TensorInfo[] {
  const { input } = params.inputs as { input: tf.TensorInfo };
  const right = tf.getKernel('MaxPoolGrad', 'cpu')!.kernelFunc(params) as tf.TensorInfo;
  const backend = params.backend as tf.KernelBackend;
  const x = backend.readSync(input.dataId) as Float32Array;
  const dx = backend.readSync(right.dataId) as Float32Array;
  return {
    ...right,
    dataId: backend.write(
      dx.map((value, i) => (x[i]! > 0 ? value : 0)),
      right.shape,
      'float32',
    ),
  };
}
