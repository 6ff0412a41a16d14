import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { md5 } from './md5.ts';

test('equals the reference for every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 37 + length);
    expect(md5(bytes)).toBe(createHash('md5').update(bytes).digest('hex'));
  }
});

test('equals the reference for any bytes, at any offset of their buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), fc.nat(5), (bytes, offset) => {
      const view = bytes.subarray(Math.min(offset, bytes.length));
      expect(md5(view)).toBe(createHash('md5').update(view).digest('hex'));
    }),
  );
});
