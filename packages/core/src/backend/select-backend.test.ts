import '@tensorflow/tfjs-backend-wasm';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  copyRegisteredKernels,
  getBackend,
  getKernel,
  registerBackend,
  registerKernel,
  setBackend,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import {
  type BackendDetails,
  type BackendDriver,
  CnnError,
  cpuBackend,
  nodeBackend,
  probeBackend,
  selectBackend,
  wasmBackend,
} from '../index.ts';

async function refusal(run: () => Promise<unknown>): Promise<CnnError> {
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof CnnError) return error;
  throw new Error(`expected a CnnError, received ${String(error)}`);
}

/** A backend whose gradient of a filter is zero, as seen on some phones. */
function brokenBackend(): BackendDriver {
  const details: BackendDetails = { name: 'webgl', tfjsName: 'broken', threads: 1, version: '0' };
  return {
    name: 'webgl',
    async load() {
      if (getKernel('Add', 'broken')) {
        await setBackend('broken');
        return details;
      }
      registerBackend('broken', () => new MathBackendCPU());
      copyRegisteredKernels('cpu', 'broken');
      const { kernelFunc } = getKernel('Conv2DBackpropFilter', 'cpu');
      unregisterKernel('Conv2DBackpropFilter', 'broken');
      registerKernel({
        kernelName: 'Conv2DBackpropFilter',
        backendName: 'broken',
        kernelFunc: (args) => {
          const gradient = kernelFunc(args);
          if (Array.isArray(gradient)) throw new Error('one output expected');
          (args.backend as MathBackendCPU).data.get(gradient.dataId).values = new Float32Array(
            gradient.shape.reduce((a, b) => a * b, 1),
          );
          return gradient;
        },
      });
      await setBackend('broken');
      return details;
    },
  };
}

describe('a backend by name', () => {
  test('is loaded, probed and current', async () => {
    const details = await selectBackend('cpu', [cpuBackend()]);
    expect(details).toEqual({ name: 'cpu', tfjsName: 'cpu', threads: 1, version: '4.22.0' });
    expect(getBackend()).toBe('cpu');
  });

  test('that no driver provides is refused with those that there are', async () => {
    const error = await refusal(() => selectBackend('simd', [cpuBackend(), wasmBackend()]));
    expect(error.code).toBe('invalid-argument');
    expect(error.message).toContain('expected one of cpu, wasm, received simd');
  });

  test('whose package is not installed is refused with how to install it', async () => {
    const error = await refusal(() => selectBackend('node', [nodeBackend()]));
    expect(error.code).toBe('unsupported');
    expect(error.message).toMatch(/^backend node: expected the optional package @tensorflow\/tfjs-node, received /);
    expect(error.message).toContain('npm install @tensorflow/tfjs-node');
  });

  test('that computes a wrong gradient is refused with the operation', async () => {
    const error = await refusal(() => selectBackend('webgl', [brokenBackend()]));
    expect(error.code).toBe('unsupported');
    expect(error.message).toMatch(/received gradient of a convolution \(filter\): 0 instead of/);
  });

  test('prints nothing', async () => {
    const warn = vi.spyOn(console, 'warn');
    await selectBackend('cpu', [cpuBackend()]);
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe('auto', () => {
  test('takes the first that works and says what it passed over and why', async () => {
    const details = await selectBackend('auto', [nodeBackend(), brokenBackend(), cpuBackend()]);
    expect(details.name).toBe('cpu');
    expect(getBackend()).toBe('cpu');
    expect(details.passedOver?.map(({ name }) => name)).toEqual(['node', 'webgl']);
    expect(details.passedOver?.[1]?.reason).toContain('gradient of a convolution (filter)');
  });

  test('names every reason when none works', async () => {
    const error = await refusal(() => selectBackend('auto', [nodeBackend(), brokenBackend()]));
    expect(error.message).toMatch(/node \(.*npm install.*\); webgl \(.*filter/);
  });
});

describe('wasm', () => {
  test('as it comes fails the probe where its gradients are missing or wrong', async () => {
    await setBackend('wasm');
    const operations = (await probeBackend()).map(({ operation }) => operation);
    expect(operations).toContain('gradient of a convolution (filter)');
    expect(operations).toContain('gradient of max pooling of negatives');
  });

  test('passes it with the kernels of its driver', async () => {
    const details = await selectBackend('wasm', [wasmBackend()], { threads: 1 });
    expect(details).toMatchObject({ name: 'wasm', tfjsName: 'wasm', version: '4.22.0' });
  });
});
