import type { Dataset } from '@cnn/core';
import { describe, expect, test } from 'vitest';

/** What every data set promises, whatever it reads from. */
export function datasetConformance(kind: string, create: () => Dataset | Promise<Dataset>): void {
  describe(`${kind} keeps the contract of a data set`, () => {
    test('samples have the common shape, as many values as it says, and a class that has a name', async () => {
      const dataset = await create();
      expect(dataset.length).toBeGreaterThan(0);
      for (let index = 0; index < dataset.length; index++) {
        const { pixels, shape, label } = await dataset.get(index);
        if (dataset.sampleShape) expect(shape).toEqual(dataset.sampleShape);
        expect(pixels.length).toBe(shape[0] * shape[1] * shape[2]);
        expect(dataset.classNames[label]).toBeTypeOf('string');
      }
    });

    test('the same index gives the same sample again', async () => {
      const dataset = await create();
      const last = dataset.length - 1;
      const first = await dataset.get(last);
      const copy = first.pixels.slice();
      await dataset.get(0);
      expect((await dataset.get(last)).pixels).toEqual(copy);
    });

    test('an index that is not there is an invalid argument', async () => {
      const dataset = await create();
      for (const index of [-1, dataset.length, 0.5, Number.NaN]) {
        await expect(async () => dataset.get(index)).rejects.toMatchObject({
          name: 'CnnError',
          code: 'invalid-argument',
        });
      }
    });
  });
}
