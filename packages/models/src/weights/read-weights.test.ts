import { readFileSync } from 'node:fs';
import { type HostTensor, writeSafetensors } from '@cnn/core';
import { gzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { openWeights, readWeights } from './read-weights.ts';

const FOLDER = new URL('../../test/fixtures/checkpoints/', import.meta.url);
const name = 'weights';

function fixture(file: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(file, FOLDER)));
}

function floats(...values: number[]): HostTensor {
  return { dtype: 'float32', shape: [values.length], data: Float32Array.from(values) };
}

describe('readWeights', () => {
  it.each([
    ['zip.pt', 'torch-zip'],
    ['legacy.pt', 'torch-legacy'],
  ])('tells the format of %s by its content', (file, format) => {
    expect(openWeights(fixture(file), { name }).format).toBe(format);
  });

  it('reads safetensors with their metadata', () => {
    const bytes = writeSafetensors(new Map([['a', floats(1, 2)]]), { format: 'pt' });
    const file = openWeights(bytes, { name });
    expect(file).toMatchObject({ format: 'safetensors', metadata: { format: 'pt' } });
    expect(file.state.get('a')?.data).toEqual(Float32Array.of(1, 2));
  });

  it('takes the prefixes of DataParallel and torch.compile off, where every name has them', () => {
    const wrapped = new Map([
      ['_orig_mod.module.a', floats(1)],
      ['_orig_mod.module.b', floats(2)],
    ]);
    expect([...readWeights(writeSafetensors(wrapped), { name }).keys()]).toEqual(['a', 'b']);
    const mixed = writeSafetensors(new Map([...wrapped, ['c', floats(3)]]));
    expect(readWeights(mixed, { name }).has('_orig_mod.module.a')).toBe(true);
    const kept = readWeights(writeSafetensors(wrapped), { name, stripPrefixes: false });
    expect(kept.has('_orig_mod.module.a')).toBe(true);
    expect(readWeights(fixture('training.pt'), { name }).has('0.weight')).toBe(true);
  });

  it('unpacks gzip, and refuses what expands without end', () => {
    expect(readWeights(gzipSync(fixture('legacy.pt')), { name }).size).toBe(20);
    const bomb = gzipSync(new Uint8Array(2 ** 23));
    expect(() => readWeights(bomb, { name, limits: { maxExpandedBytes: 2 ** 20 } })).toThrow(/at most 1048576 bytes/);
    expect(() => readWeights(gzipSync(gzipSync(bomb)), { name })).toThrow(/gzip within gzip/);
    expect(() => readWeights(gzipSync(fixture('legacy.pt')).subarray(0, 200), { name })).toThrow(/weights: expected/);
  });

  it.each([
    [new Uint8Array(0), 'an empty file'],
    [new TextEncoder().encode('<!doctype html><p>Not found</p>'), 'the page of an error'],
    [new TextEncoder().encode('version https://git-lfs.github.com/spec/v1'), 'a Git LFS pointer'],
    [new TextEncoder().encode('\x7fHDF\r\n\x1a\n'), 'an HDF5 file'],
    [new TextEncoder().encode(`${'\0'.repeat(257)}ustar`), 'a tar archive'],
    [Uint8Array.of(1, 2, 3), '3 bytes that begin with 01 02 03'],
  ])('says what else a file is: case %#', (bytes, reason) => {
    expect(() => readWeights(bytes, { name })).toThrow(reason);
  });

  it('says that a bare pickle was not written by torch.save', () => {
    expect(() => readWeights(fixture('bare-pickle.pt'), { name })).toThrow(/a bare pickle/);
  });

  it('refuses a safetensors header of 2^63 bytes before any memory is taken', () => {
    const bytes = new Uint8Array(64).fill(0x7b);
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    expect(() => readWeights(bytes, { name })).toThrow(/9223372036854775808/);
  });
});
