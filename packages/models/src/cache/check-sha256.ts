import { CnnError } from '@cnn/core';

/** SHA-256 in hexadecimal. @throws CnnError `unsupported` on a page that is not secure: browsers have it for others only. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new CnnError('unsupported', {
      where: 'sha256',
      expected: 'a secure page, for which browsers compute checksums',
      received: 'one without crypto.subtle',
      remedy: 'Serve the page over https or from localhost',
    });
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @throws CnnError `checksum-mismatch` when the checksum does not begin with `expected`. */
export async function checkSha256(bytes: Uint8Array, expected: string | undefined, where: string): Promise<void> {
  if (expected === undefined) return;
  const received = await sha256(bytes);
  if (received.startsWith(expected.toLowerCase())) return;
  throw new CnnError('checksum-mismatch', {
    where,
    expected: `a SHA-256 of ${expected}${expected.length < received.length ? '…' : ''}`,
    received,
    remedy: 'Download it again; if it stays so, the file was exchanged: do not use it',
  });
}
