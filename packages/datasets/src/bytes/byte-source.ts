import { CnnError } from '@cnn/core';
import { joinChunks, streamChunks } from './chunks.ts';
import { gunzip, isGzip } from './gunzip.ts';

/** Where bytes may come from, in Node and in browsers: a `File` is a `Blob`, a `Response` has a stream as its `body`. */
export type ByteSource = ArrayBuffer | Uint8Array | Blob | ReadableStream<Uint8Array>;

/** Bytes with the name by which errors call them. */
export interface NamedBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * All bytes of a source, gunzipped where they start with gzip's magic number. An `ArrayBuffer` or a plain
 * `Uint8Array` is viewed, not copied.
 *
 * @param options.file Name for errors; a `File` brings its own.
 * @throws CnnError `invalid-file` when the gzip stream is damaged or cut short; `io` when the source cannot be read.
 */
export async function readBytes(source: ByteSource, options: { file?: string } = {}): Promise<NamedBytes> {
  const file = options.file ?? nameOf(source);
  const bytes = await allBytes(source, file);
  return { file, bytes: isGzip(bytes) ? await gunzip(bytes, { file }) : bytes };
}

async function allBytes(source: ByteSource, file: string): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  try {
    if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
    const chunks: Uint8Array[] = [];
    for await (const chunk of streamChunks(source)) chunks.push(chunk);
    return joinChunks(chunks);
  } catch (cause) {
    throw new CnnError(
      'io',
      { where: file, expected: 'readable bytes', received: String(cause), remedy: 'Open or fetch the file again' },
      { cause },
    );
  }
}

function nameOf(source: ByteSource): string {
  return typeof File !== 'undefined' && source instanceof File ? source.name : 'bytes';
}
