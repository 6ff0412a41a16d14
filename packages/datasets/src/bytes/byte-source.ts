import { CnnError } from '@cnn/core';
import { joinChunks, streamChunks } from './chunks.ts';
import { damagedGzip, gunzip, isGzip } from './gunzip.ts';

/** Where bytes may come from, in Node and in browsers: a `File` is a `Blob`, a `Response` has a stream as its `body`. */
export type ByteSource = ArrayBuffer | Uint8Array | Blob | ReadableStream<Uint8Array>;

/** Bytes with the name by which errors call them. */
export interface NamedBytes {
  /** Name for messages. */
  readonly file: string;
  /** Content of the file. */
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
  const { file = fileName(source, 'bytes') } = options;
  const bytes = await allBytes(source, file);
  return { file, bytes: isGzip(bytes) ? await gunzip(bytes, { file }) : bytes };
}

/**
 * Bytes of a source as they come, gunzipped on the way where they start with gzip's magic number.
 *
 * @throws CnnError as `readBytes`.
 */
export async function* byteChunks(
  source: ByteSource | AsyncIterable<Uint8Array>,
  options: { file: string },
): AsyncGenerator<Uint8Array, void, void> {
  const { file } = options;
  const raw = rawChunks(source)[Symbol.asyncIterator]();
  let sizeBytes = 0;
  let compressed = false;
  try {
    const first = await raw.next();
    if (first.done) return;
    compressed = isGzip(first.value);
    const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start: (controller) => controller.enqueue(countBytes(first.value)),
      async pull(controller) {
        const { done, value } = await raw.next();
        if (done) controller.close();
        else controller.enqueue(countBytes(value));
      },
      cancel: async () => void (await raw.return?.(undefined)),
    });
    yield* streamChunks(compressed ? stream.pipeThrough(new DecompressionStream('gzip')) : stream);
  } catch (cause) {
    if (cause instanceof CnnError) throw cause;
    throw compressed ? damagedGzip(file, sizeBytes, cause) : unreadableSource(file, cause);
  }

  function countBytes(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
    sizeBytes += chunk.byteLength;
    return chunk as Uint8Array<ArrayBuffer>;
  }
}

/** The name of a `File`; `fallback` for sources that have none. */
export function fileName(source: ByteSource | AsyncIterable<Uint8Array>, fallback: string): string {
  return typeof File !== 'undefined' && source instanceof File ? source.name : fallback;
}

async function* rawChunks(source: ByteSource | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  if (source instanceof Uint8Array) yield source;
  else if (source instanceof ArrayBuffer) yield new Uint8Array(source);
  else if (source instanceof Blob) yield* streamChunks(source.stream());
  else if (source instanceof ReadableStream) yield* streamChunks(source);
  else yield* source;
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
    throw unreadableSource(file, cause);
  }
}

function unreadableSource(file: string, cause: unknown): CnnError {
  return new CnnError(
    'io',
    { where: file, expected: 'readable bytes', received: String(cause), remedy: 'Open or fetch the file again' },
    { cause },
  );
}
