import { readFileSync } from 'node:fs';

/** Parsed contents of a file in `test/fixtures`, made by `scripts/fixtures/datasets.py`. */
export function fixture<Contents>(file: string): Contents {
  return JSON.parse(readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')) as Contents;
}

/** Bytes of a base64 string. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(Buffer.from(base64, 'base64'));
}

/** Little-endian float32 values of a base64 string. */
export function floatsOf(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64).buffer);
}
