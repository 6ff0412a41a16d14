import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CnnError, type HostTensor, readSafetensors, writeSafetensors } from '../index.ts';
import { float32Values } from './float32-values.ts';

const reference = new Uint8Array(readFileSync(new URL('../../test/fixtures/every-dtype.safetensors', import.meta.url)));

function file(header: unknown, data = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  return withLength(BigInt(json.length), json, data);
}

function withLength(length: bigint, json: Uint8Array, data = new Uint8Array(0)): Uint8Array {
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

function refusal(bytes: Uint8Array): string {
  try {
    readSafetensors(bytes);
  } catch (error) {
    if (error instanceof CnnError) return `${error.code} ${error.message}`;
    throw error;
  }
  return 'accepted';
}

describe('a file of the format’s own library', () => {
  test('is read with every dtype', () => {
    const { tensors, metadata } = readSafetensors(reference);
    expect(metadata).toEqual({ format: 'pt' });
    expect(tensors.get('i64')).toEqual({ dtype: 'int64', shape: [], data: new BigInt64Array([2n ** 62n]) });
    expect(tensors.get('f64')?.data).toEqual(new Float64Array([1.5, -2.25]));
    expect(tensors.get('f32')).toEqual({ dtype: 'float32', shape: [1, 3], data: new Float32Array([0.1, -0.2, 3e38]) });
    expect(tensors.get('i32')?.data).toEqual(new Int32Array([-(2 ** 31)]));
    expect(tensors.get('i16')?.data).toEqual(new Int16Array([-5, 5]));
    expect(tensors.get('i8')?.data).toEqual(new Int8Array([-128, 127]));
    expect(tensors.get('u8')?.data).toEqual(new Uint8Array([0, 255, 7]));
    expect(tensors.get('bool')).toEqual({ dtype: 'bool', shape: [2], data: new Uint8Array([1, 0]) });
    expect(tensors.get('empty')).toEqual({ dtype: 'float32', shape: [0, 3], data: new Float32Array() });
    const halves = float32Values(tensors.get('f16')!);
    expect(Array.from(halves)).toEqual([Math.fround(0.0999755859375), -65504, 2 ** -24, Number.POSITIVE_INFINITY]);
    expect(float32Values(tensors.get('bf16')!)[0]).toBe(0.10009765625);
  });

  test('is written with the same bytes', () => {
    const { tensors, metadata } = readSafetensors(reference);
    expect(writeSafetensors(new Map([...tensors].reverse()), metadata)).toEqual(reference);
  });

  test('is read from an unaligned view of a larger buffer', () => {
    const shifted = new Uint8Array(reference.length + 3);
    shifted.set(reference, 3);
    expect(readSafetensors(shifted.subarray(3))).toEqual(readSafetensors(reference));
  });
});

describe('a damaged or hostile file is refused by a reason:', () => {
  const one = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  const four = new Uint8Array(4);
  test.each<[string, Uint8Array, RegExp]>([
    ['no byte', new Uint8Array(0), /invalid-file.*at least 8 bytes, received 0/],
    ['a header of 2^63 bytes', withLength(2n ** 63n, new Uint8Array(2)), /claimed length of 9223372036854775808/],
    ['a header longer than the file', withLength(100n, new Uint8Array(2)), /at most 2 bytes/],
    ['a header cut short', reference.subarray(0, 60), /invalid-file/],
    ['data cut short', reference.subarray(0, -3), /offsets within 78 bytes of data/],
    ['bytes after the data', file({ a: one }, new Uint8Array(5)), /expected 4 bytes of data, received 5/],
    ['no JSON', file('not json'), /JSON in UTF-8/],
    ['no UTF-8', withLength(2n, new Uint8Array([0xff, 0xfe])), /JSON in UTF-8/],
    ['a list', file([1]), /JSON object/],
    ['nested brackets', file('['.repeat(200_000)), /JSON in UTF-8/],
    ['no dtype', file({ a: { ...one, dtype: undefined } }, four), /a dtype, received nothing/],
    ['an unknown dtype', file({ a: { ...one, dtype: 'F8_E4M3' } }, four), /unsupported .*"a".*"F8_E4M3"/],
    ['a negative side', file({ a: { ...one, shape: [-1] } }, four), /non-negative integers, received \[-1\]/],
    ['a fractional side', file({ a: { ...one, shape: [0.5] } }, four), /non-negative integers/],
    [
      'sides whose product overflows',
      file({ a: { ...one, shape: [2 ** 50, 2 ** 50] } }, four),
      /data_offsets \[0, 4\]/,
    ],
    ['a size other than the shape’s', file({ a: { ...one, shape: [2] } }, four), /8 bytes for F32 \[.2.\]/],
    ['an end before its begin', file({ a: { ...one, data_offsets: [4, 0] } }, four), /data_offsets \[4, 0\]/],
    ['offsets behind the data', file({ a: { ...one, data_offsets: [4, 8] } }, four), /within 4 bytes of data/],
    ['overlapping tensors', file({ a: one, b: one }, four), /"b": expected to begin at 4, received 0, overlapping/],
    ['a gap', file({ a: { ...one, data_offsets: [4, 8] } }, new Uint8Array(8)), /leaving a gap/],
    ['metadata that is no text', file({ __metadata__: { a: 1 } }), /__metadata__ of strings/],
  ])('%s', (_, bytes, reason) => {
    expect(refusal(bytes)).toMatch(reason);
  });

  test('a name of the prototype is a name like any other', () => {
    const bytes = file('{"__proto__":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}', new Uint8Array([7]));
    expect([...readSafetensors(bytes).tensors.keys()]).toEqual(['__proto__']);
  });

  test('any bytes at all are read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, lengthFits) => {
        const bytes = lengthFits ? withLength(BigInt(noise.length), noise) : noise;
        expect(refusal(bytes)).toMatch(/^(accepted|invalid-file|unsupported)/);
      }),
    );
  });

  test('a real file with flipped bytes is read or refused, never anything else', () => {
    fc.assert(
      fc.property(fc.nat(reference.length - 1), fc.integer({ min: 0, max: 255 }), (position, value) => {
        const bytes = reference.slice();
        bytes[position] = value;
        expect(refusal(bytes)).toMatch(/^(accepted|invalid-file|unsupported)/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('writing', () => {
  const anyTensor = fc
    .tuple(fc.constantFrom('float32', 'int64', 'uint8', 'bfloat16' as const), fc.array(fc.nat(3), { maxLength: 3 }))
    .map(([dtype, shape]): HostTensor => {
      const count = shape.reduce((product, side) => product * side, 1);
      const data = {
        float32: () => Float32Array.from({ length: count }, (_, i) => i / 7),
        int64: () => BigInt64Array.from({ length: count }, (_, i) => BigInt(i) - 2n),
        uint8: () => Uint8Array.from({ length: count }, (_, i) => i),
        bfloat16: () => Uint16Array.from({ length: count }, (_, i) => 300 * i),
      }[dtype as 'float32']();
      return { dtype: dtype as HostTensor['dtype'], shape, data };
    });
  const anyName = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');
  const anyFile = fc.uniqueArray(fc.tuple(anyName, anyTensor), { selector: ([name]) => name, maxLength: 6 });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(anyFile, fc.dictionary(fc.string(), fc.string()), (entries, metadata) => {
        const written = readSafetensors(writeSafetensors(new Map(entries), metadata));
        expect(new Map([...written.tensors].sort())).toEqual(new Map([...entries].sort()));
        expect(Object.entries(written.metadata).sort()).toEqual(Object.entries(metadata).sort());
      }),
    );
  });

  test('the order of the tensors changes no byte', () => {
    fc.assert(
      fc.property(anyFile, (entries) => {
        expect(writeSafetensors(new Map([...entries].reverse()))).toEqual(writeSafetensors(new Map(entries)));
      }),
    );
  });

  test('a tensor whose data does not fit its shape is named', () => {
    const tensor: HostTensor = { dtype: 'float32', shape: [2], data: new Float32Array(3) };
    expect(() => writeSafetensors(new Map([['conv1.weight', tensor]]))).toThrow(
      "writeSafetensors: tensor 'conv1.weight': expected 8 bytes for float32 [2], received 12 bytes. " +
        'Give the tensor the shape and dtype of its data.',
    );
  });
});
