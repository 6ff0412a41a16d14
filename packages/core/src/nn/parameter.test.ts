import { expect, test } from 'vitest';
import { cpuBackend, Parameter, selectBackend } from '../index.ts';

test('a parameter without a backend is refused with what to do', () => {
  expect(() => new Parameter(new Float32Array(1), [1])).toThrow(
    "Parameter: expected a backend to hold it, received none. Choose one before building a module: await selectBackend('auto', [cpuBackend()]).",
  );
});

test('a convolution’s weight lies in memory as HWIO and reads as OIHW', async () => {
  await selectBackend('cpu', [cpuBackend()]);
  const values = Float32Array.from({ length: 2 * 3 * 4 * 5 }, (_, i) => i);
  const parameter = new Parameter(values, [2, 3, 4, 5], 'HWIO');
  expect(parameter.variable.shape).toEqual([4, 5, 3, 2]);
  expect(Array.from(parameter.variable.dataSync()).slice(0, 4)).toEqual([0, 60, 20, 80]);
  expect(await parameter.read()).toEqual({ dtype: 'float32', shape: [2, 3, 4, 5], data: values });
  parameter.write({ dtype: 'float32', shape: [2, 3, 4, 5], data: values.map((value) => -value) });
  expect((await parameter.read()).data[119]).toBe(-119);
  parameter.dispose();
});
