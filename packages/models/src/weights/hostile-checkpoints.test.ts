import { existsSync, readFileSync } from 'node:fs';
import { CnnError } from '@cnn/core';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  pickleBytes,
  pickleInt,
  pickleStateDict,
  pickleStorage,
  pickleTensor,
  pickleText,
  pickleTuple,
} from '../../test/support/pickle-bytes.ts';
import { torchArchive, torchLegacyFile } from '../../test/support/torch-archive.ts';
import type { ReadLimits } from './read-limits.ts';
import { readTorchWeights } from './read-torch-weights.ts';

const FOLDER = new URL('../../test/fixtures/checkpoints/', import.meta.url);
const FLOATS = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);

function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

function read(bytes: Uint8Array, format: 'torch-zip' | 'torch-legacy' = 'torch-zip', limits: ReadLimits = {}) {
  return readTorchWeights(bytes, { format, name: 'file.pt', limits });
}

/** Reads a zip checkpoint of one dict `{weight: value}`. */
function readValue(value: Uint8Array, limits: ReadLimits = {}) {
  return read(torchArchive(pickleStateDict(value), { storages: { '0': FLOATS } }), 'torch-zip', limits);
}

function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CnnError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error('The file was accepted');
}

/** The archive with the 32-bit number at `offset` of its `n`-th record of that signature replaced. */
function patch(bytes: Uint8Array, signature: number, offset: number, value: number, n = 0): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  for (let i = 0, seen = 0; i + 4 <= copy.length; i++) {
    if (view.getUint32(i, true) !== signature || seen++ < n) continue;
    view.setUint32(i + offset, value, true);
    return copy;
  }
  throw new Error('No such record');
}

const DIRECTORY_ENTRY = 0x02014b50;

describe('a checkpoint made by hand', () => {
  it('is read where it is honest, so that the refusals below are due to what they change', () => {
    expect(readValue(pickleTensor()).get('weight')?.data).toEqual(Float32Array.of(1, 2, 3, 4));
    const legacy = torchLegacyFile(
      pickleStateDict(pickleTensor({ storage: pickleBytes(legacyId(4, pickleBytes('N')), 'Q') })),
      { storage: FLOATS },
    );
    expect(read(legacy, 'torch-legacy').get('weight')?.data).toEqual(Float32Array.of(1, 2, 3, 4));
  });

  it('reads a view of a storage in a legacy file', () => {
    const view = pickleTuple(pickleText('v'), pickleInt(1), pickleInt(2));
    const tensor = pickleTensor({ storage: pickleBytes(legacyId(4, view), 'Q'), shape: [2] });
    const state = read(torchLegacyFile(pickleStateDict(tensor), { storage: FLOATS }), 'torch-legacy');
    expect(state.get('weight')?.data).toEqual(Float32Array.of(2, 3));
  });
});

function legacyId(numel: number, view: Uint8Array): Uint8Array {
  const type = pickleBytes('ctorch\nFloatStorage\n');
  return pickleTuple(pickleText('storage'), type, pickleText('0'), pickleText('cpu'), pickleInt(numel), view);
}

describe('a pickle that asks for more than tensors', () => {
  it.each([
    ['os-system.pt', 'torch-zip'],
    ['os-system-legacy.pt', 'torch-legacy'],
  ] as const)('is refused by the name of what it would run: %s', (file, format) => {
    expect(refusal(() => read(fixture(file), format))).toMatch(/^unsupported: .*posix\.system, which is never run/);
    expect(existsSync('/tmp/the-pickle-ran')).toBe(false);
  });

  it('is refused whatever way it names it', () => {
    const evil = [
      pickleBytes('cbuiltins\neval\n', pickleTuple(pickleText('1')), 'R'),
      pickleBytes(pickleText('builtins'), pickleText('exec'), 0x93),
      pickleBytes('(', pickleText('x'), 'ibuiltins\neval\n'),
      pickleBytes('(cbuiltins\neval\no'),
      pickleBytes('c__builtin__\ngetattr\n'),
      pickleBytes('ctorch.serialization\nload\n'),
      pickleBytes('ctorch.storage\n_load_from_bytes\n', pickleTuple(pickleText('')), 'R'),
    ];
    const reasons = evil.map((value) => refusal(() => readValue(value)));
    expect(reasons[0]).toContain('builtins.eval');
    expect(reasons[1]).toContain('builtins.exec');
    expect(reasons[2]).toContain('the opcode INST');
    expect(reasons[3]).toContain('builtins.eval');
    expect(reasons[4]).toContain('__builtin__.getattr');
    expect(reasons[5]).toContain('torch.serialization.load');
    expect(reasons[6]).toContain('torch.storage._load_from_bytes');
  });

  it('says what a whole model, a special tensor and a complex one are', () => {
    expect(refusal(() => read(fixture('whole-model.pt')))).toMatch(/torch\.nn\.modules.*model\.state_dict\(\)/);
    expect(refusal(() => read(fixture('sparse.pt')))).toContain('torch._utils._rebuild_sparse_tensor');
    expect(refusal(() => read(fixture('complex.pt')))).toContain('torch.ComplexFloatStorage');
  });

  it('cannot call a tensor, a dict or a number', () => {
    for (const callable of [pickleTensor(), pickleBytes('}'), pickleInt(1)]) {
      expect(refusal(() => readValue(pickleBytes(callable, ')R')))).toContain('a function and a tuple');
    }
  });
});

describe('other archives', () => {
  it('are refused with what they are', () => {
    expect(refusal(() => read(fixture('torchscript.pt')))).toMatch(/a TorchScript archive .*torch\.jit\.load/);
    const exported = zipSync({ 'model/archive_format': Uint8Array.of(112), 'model/models/model.json': FLOATS });
    expect(refusal(() => read(exported))).toContain('torch.export');
    expect(refusal(() => read(zipSync({ 'a.npy': FLOATS })))).toContain('a zip archive of a.npy');
    expect(refusal(() => read(zipSync({ 'a/data.pkl': FLOATS, 'b/data.pkl': FLOATS })))).toContain('2 data.pkl');
  });

  it('are refused when they are encrypted or compressed by another method', () => {
    const archive = torchArchive(pickleStateDict(pickleTensor()));
    expect(refusal(() => read(patch(archive, DIRECTORY_ENTRY, 8, 1)))).toContain('encrypted');
    expect(refusal(() => read(patch(archive, DIRECTORY_ENTRY, 8, 93 << 16)))).toContain('method 93');
  });
});

describe('a zip bomb', () => {
  const zeros = new Uint8Array(8 * 2 ** 20);
  const bomb = torchArchive(pickleStateDict(pickleTensor({ storage: pickleStorage({ numel: 2 ** 21 }) })), {
    storages: { '0': zeros },
    level: 9,
  });

  it('is refused by what it declares, before memory is taken', () => {
    expect(bomb.length).toBeLessThan(20_000);
    const limits = { maxExpandedBytes: 2 ** 20 };
    expect(refusal(() => read(bomb, 'torch-zip', limits))).toMatch(/at most 1048576 bytes.*needs 8388608 bytes/);
  });

  it('is refused by what it expands to, where it declares less', () => {
    const storageEntry = 1;
    const liar = patch(bomb, DIRECTORY_ENTRY, 24, 64, storageEntry);
    expect(refusal(() => read(liar))).toContain('data that expands to more');
    const boaster = patch(bomb, DIRECTORY_ENTRY, 24, 2 ** 23 + 1, storageEntry);
    expect(refusal(() => read(boaster))).toMatch(/8388609 bytes, as declared, received 8388608/);
  });

  it('is refused when its entries overlap', () => {
    const archive = torchArchive(pickleStateDict(pickleTensor()), { storages: { '0': FLOATS, '1': FLOATS } });
    const headerOfFirst = 0;
    const overlapping = patch(archive, DIRECTORY_ENTRY, 42, headerOfFirst, 2);
    expect(refusal(() => read(overlapping))).toContain('which overlap');
  });

  it('is refused when its pickle alone is too large', () => {
    const pickle = pickleStateDict(pickleBytes(...Array.from({ length: 2000 }, () => pickleBytes(']0')), 'N'));
    const archive = torchArchive(pickle, { level: 9 });
    expect(refusal(() => read(archive, 'torch-zip', { maxPickleBytes: 1000 }))).toContain('at most 1000 bytes');
    expect(refusal(() => read(archive, 'torch-zip', { maxPickleObjects: 500 }))).toContain('at most 500 objects');
  });

  it('is refused when a tensor repeats one value without end', () => {
    const endless = pickleTensor({ shape: [2 ** 20, 2 ** 20], stride: [0, 0] });
    expect(refusal(() => readValue(endless))).toMatch(/weight\) that needs 4398046511104 bytes/);
  });
});

describe('a tensor that reaches outside its storage', () => {
  it.each([
    ['its offset', { offset: 1 }],
    ['its shape', { shape: [5] }],
    ['its stride', { stride: [2] }],
    ['a product that overflows', { shape: [2 ** 40, 2 ** 40], stride: [0, 0] }],
    ['fewer strides than axes', { shape: [2, 2], stride: [1] }],
  ])('is refused: %s', (_reason, tensor) => {
    expect(refusal(() => readValue(pickleTensor(tensor)))).toMatch(/^invalid-file: .*\(weight\): expected a/);
  });

  it.each([[-1n], [2n ** 62n]])('is refused: a size of %s', (size) => {
    expect(refusal(() => readValue(pickleTensor({ shape: [size] })))).toContain('a non-negative integer');
  });

  it('is refused when the storage was cut short', () => {
    const archive = torchArchive(pickleStateDict(pickleTensor()), { storages: { '0': FLOATS.subarray(0, 12) } });
    expect(refusal(() => read(archive))).toContain('16 bytes in the storage 0, received 12');
    expect(refusal(() => read(torchArchive(pickleStateDict(pickleTensor()), { storages: {} })))).toContain('data/0');
    const legacy = torchLegacyFile(
      pickleStateDict(pickleTensor({ storage: pickleBytes(legacyId(4, pickleBytes('N')), 'Q') })),
      { storage: FLOATS.subarray(0, 12) },
    );
    expect(refusal(() => read(legacy, 'torch-legacy'))).toMatch(/16 more bytes.*the end after 12.*cut short/);
  });

  it('is refused when a legacy storage has another length, no bytes, or stands twice', () => {
    const storage = pickleBytes(legacyId(4, pickleBytes('N')), 'Q');
    const pickle = pickleStateDict(pickleTensor({ storage }));
    const readLegacy = (options: Parameters<typeof torchLegacyFile>[1]) =>
      refusal(() => read(torchLegacyFile(pickle, { storage: FLOATS, ...options }), 'torch-legacy'));
    expect(readLegacy({ numel: 3 })).toContain('4 elements in the storage 0, received 3');
    expect(readLegacy({ keys: [] })).toContain('the storage 0, received none of that key');
    expect(readLegacy({ keys: ['0', '0'] })).toContain('each storage of the object once');
    expect(readLegacy({ keys: ['1'] })).toContain('each storage of the object once');
  });
});

describe('a pickle that abuses the machine', () => {
  it.each([
    ['an empty stack', pickleBytes('000'), 'a value on the stack'],
    ['no mark', pickleBytes('t'), 'a mark on the stack'],
    ['a memo that was never set', pickleBytes('h', 7), 'a value memoized as 7'],
    ['an odd number of items', pickleBytes('}(', pickleInt(1), 'u'), 'keys and values in pairs'],
    ['items set on a list', pickleBytes(']', pickleInt(1), pickleInt(2), 's'), 'a dict to set items of'],
    ['attributes set on a tensor', pickleBytes(pickleTensor(), '}b'), 'a dict to set attributes of'],
    ['an unknown opcode', pickleBytes(0xff), 'the byte 0xff'],
    ['a text longer than the file', pickleBytes('X', [255, 255, 255, 127]), 'more bytes'],
    ['an integer of 2 GB', pickleBytes(0x8b, [255, 255, 255, 127]), 'an integer of at most 256 bytes'],
    ['bytes of 2^63', pickleBytes(0x8e, [0, 0, 0, 0, 0, 0, 0, 128]), 'a length below 2^53'],
    ['text that is not UTF-8', pickleBytes('X', [1, 0, 0, 0], 0xff), 'UTF-8 text'],
    ['a name without an end', pickleBytes('c', 'x'.repeat(2000)), 'a line of text'],
  ])('is refused: %s', (_what, value, reason) => {
    expect(refusal(() => readValue(value))).toContain(reason);
  });

  it('costs no more than its bytes when lists hold each other a million times over', () => {
    // Each list holds the one before it ten times: 10^100 elements to whoever walks it, a hundred lists to us.
    const levels = Array.from({ length: 100 }, (_, i) =>
      pickleBytes('q', i, '0](', ...Array(10).fill(pickleBytes('h', i)), 'e'),
    );
    const value = pickleBytes(']', ...levels, 'q', 200, '0', pickleTensor());
    expect(readValue(value).get('weight')?.shape).toEqual([4]);
  });

  it('may hold itself', () => {
    const selfish = pickleBytes('}q', 1, pickleText('self'), 'h', 1, 's', pickleText('weight'), pickleTensor(), 's.');
    const archive = torchArchive(pickleBytes(0x80, 2, selfish), { storages: { '0': FLOATS } });
    expect(read(archive).size).toBe(1);
  });

  it('may nest ten thousand lists', () => {
    const deep = pickleBytes(Array(10_000).fill(0x5d), Array(9_999).fill(0x61), '0', pickleTensor());
    expect(readValue(deep).size).toBe(1);
  });
});
