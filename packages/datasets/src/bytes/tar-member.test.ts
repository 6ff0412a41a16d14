import { expect, test } from 'vitest';
import { tarBytes } from '../../test/tar-bytes.ts';
import { tarMember } from './tar-member.ts';

const archive = tarBytes([
  ['folder/', new Uint8Array(0)],
  ['folder/first.bin', Uint8Array.of(1, 2, 3)],
  ['folder/second.bin', new Uint8Array(700).fill(9)],
]);

test('a member is found below any folder, as a view', () => {
  const { file, bytes } = tarMember({ file: 'a.tar', bytes: archive }, 'second.bin');
  expect(file).toBe('a.tar, folder/second.bin');
  expect(bytes).toEqual(new Uint8Array(700).fill(9));
  expect(bytes.buffer).toBe(archive.buffer);
});

test('a missing member is named with those that are there', () => {
  expect(() => tarMember({ file: 'a.tar', bytes: archive }, 'third.bin')).toThrow(
    'a.tar: expected a tar archive with third.bin, received the members folder/, folder/first.bin, folder/second.bin.',
  );
});

test('an archive that is cut short is refused', () => {
  expect(() => tarMember({ file: 'a.tar', bytes: archive.subarray(0, 2200) }, 'second.bin')).toThrow(
    'a.tar, member folder/second.bin: expected 700 bytes, received',
  );
});

test('bytes that are no archive are refused', () => {
  expect(() => tarMember({ file: 'a.tar', bytes: new Uint8Array(2048).fill(77) }, 'x')).toThrow(
    'expected a tar header',
  );
});
