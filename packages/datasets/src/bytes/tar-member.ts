import { CnnError } from '@cnn/core';
import type { NamedBytes } from './byte-source.ts';

const BLOCK = 512;

/**
 * A member of an uncompressed tar archive, as a view.
 *
 * @param member File name of the member, without its folders.
 * @throws CnnError `invalid-file` when the archive is damaged or cut short, or has no such member.
 */
export function tarMember({ file, bytes }: NamedBytes, member: string): NamedBytes {
  const names: string[] = [];
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const name = text(bytes, at, 100);
    const size = Number.parseInt(text(bytes, at + 124, 12), 8);
    const start = at + BLOCK;
    if (!Number.isSafeInteger(size) || size < 0 || start + size > bytes.length) {
      throw new CnnError('invalid-file', {
        where: `${file}, member ${name || names.length}`,
        expected: Number.isNaN(size) ? 'a tar header' : `${size} bytes`,
        received: Number.isNaN(size) ? 'other bytes' : `${Math.max(0, bytes.length - start)}`,
        remedy: 'The archive is damaged or cut short: delete it and fetch it again',
      });
    }
    if (name.split('/').at(-1) === member)
      return { file: `${file}, ${name}`, bytes: bytes.subarray(start, start + size) };
    names.push(name);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new CnnError('invalid-file', {
    where: file,
    expected: `a tar archive with ${member}`,
    received: names.length > 0 ? `the members ${names.slice(0, 12).join(', ')}` : 'no member',
    remedy: 'Delete the archive and fetch it again',
  });
}

function text(bytes: Uint8Array, start: number, length: number): string {
  const field = new TextDecoder().decode(bytes.subarray(start, start + length));
  const end = field.indexOf('\0');
  return (end < 0 ? field : field.slice(0, end)).trim();
}
