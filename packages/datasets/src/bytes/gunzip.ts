import { CnnError } from '@cnn/core';
import { joinChunks, streamChunks } from './chunks.ts';

/** True when bytes start with gzip's magic number 1f 8b. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses gzip with the platform's `DecompressionStream`, in Node and in browsers.
 *
 * @throws CnnError `invalid-file` when the stream is damaged or cut short.
 */
export async function gunzip(bytes: Uint8Array, options: { file: string }): Promise<Uint8Array> {
  try {
    const blob = new Blob([new Uint8Array(bytes)]);
    const stream = blob.stream().pipeThrough(new DecompressionStream('gzip'));
    const chunks: Uint8Array[] = [];
    for await (const chunk of streamChunks(stream)) chunks.push(chunk);
    return joinChunks(chunks);
  } catch (cause) {
    throw damagedGzip(options.file, bytes.byteLength, cause);
  }
}

/** The error for a gzip stream that cannot be decompressed. */
export function damagedGzip(file: string, sizeBytes: number, cause: unknown): CnnError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CnnError(
    'invalid-file',
    {
      where: file,
      expected: 'a complete gzip stream',
      received: `${sizeBytes} bytes that are cut short or damaged (${reason})`,
      remedy: 'Delete the file and fetch it again',
    },
    { cause },
  );
}
