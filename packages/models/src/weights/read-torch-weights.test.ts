import { readFileSync } from 'node:fs';
import type { HostTensor } from '@cnn/core';
import { describe, expect, it } from 'vitest';
import { readTorchWeights } from './read-torch-weights.ts';

type Expected = Record<string, { dtype: string; shape: number[]; bytes: string }>;

const FOLDER = new URL('../../test/fixtures/checkpoints/', import.meta.url);
const expected: { tensors: Expected; training: Expected } = JSON.parse(
  readFileSync(new URL('expected.json', FOLDER), 'utf8'),
);

function read(file: string, format: 'torch-zip' | 'torch-legacy', key?: string): Map<string, HostTensor> {
  const bytes = new Uint8Array(readFileSync(new URL(file, FOLDER)));
  return readTorchWeights(bytes, { format, name: file, key, limits: {} });
}

function describeTensors(state: ReadonlyMap<string, HostTensor>): Expected {
  return Object.fromEntries(
    [...state].map(([name, { dtype, shape, data }]) => {
      const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
      return [name, { dtype, shape: [...shape], bytes }];
    }),
  );
}

describe('readTorchWeights', () => {
  it.each([
    ['zip.pt', 'torch-zip'],
    ['deflated.pt', 'torch-zip'],
    ['protocol4.pt', 'torch-zip'],
    ['legacy.pt', 'torch-legacy'],
  ] as const)('gives the values of every dtype and every kind of view in %s', (file, format) => {
    expect(describeTensors(read(file, format))).toEqual(expected.tensors);
  });

  it('turns the bytes of a big-endian machine around', () => {
    const { float32, int64, transposed } = expected.tensors;
    expect(describeTensors(read('big-endian.pt', 'torch-zip'))).toEqual({ float32, int64, transposed });
  });

  it.each([
    ['training.pt', 'torch-zip'],
    ['training-legacy.pt', 'torch-legacy'],
  ] as const)('finds the model in all that a training script saves to %s', (file, format) => {
    const wrapped = Object.entries(expected.training).map(([name, tensor]) => [`module.${name}`, tensor]);
    expect(describeTensors(read(file, format))).toEqual(Object.fromEntries(wrapped));
  });

  it('finds the entry that is asked for by its path', () => {
    expect(read('training.pt', 'torch-zip', 'state_dict').size).toBe(9);
    expect(() => read('training.pt', 'torch-zip', 'optimizer')).toThrow(/a dict of 2 \(state: a dict of 6/);
    expect(() => read('training.pt', 'torch-zip', 'ema.model')).toThrow(/an entry ema\.model.*epoch: number 3/);
  });

  it('reads parameters as tensors', () => {
    expect(read('parameter.pt', 'torch-zip').get('weight')?.data).toEqual(Float32Array.of(1, 2));
  });

  it('shares the bytes of a stored entry instead of copying them', () => {
    const bytes = new Uint8Array(readFileSync(new URL('zip.pt', FOLDER)));
    const state = readTorchWeights(bytes, { format: 'torch-zip', name: 'zip.pt', limits: {} });
    expect(state.get('float32')?.data.buffer).toBe(bytes.buffer);
  });
});
