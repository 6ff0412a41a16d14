import { CnnError } from '@cnn/core';
import type { FileKind, GivenFile } from './given-file.ts';

const HEAD_BYTES = 16;
const IMAGE_NAME = /\.(jpe?g|png|webp|gif|bmp|avif)$/i;

/** The first bytes of a file, gunzipped where it is gzipped: what it is, before memory is taken for the rest. */
export interface FileHead {
  readonly given: GivenFile;
  readonly kind: FileKind;
  readonly bytes: Uint8Array;
}

/** Looks at the first bytes of a file. @throws CnnError `invalid-file` where it is gzipped and cannot be unpacked. */
export async function readHead(given: GivenFile): Promise<FileHead> {
  const { file } = given;
  if (file.type.startsWith('image/') || IMAGE_NAME.test(file.name)) {
    return { given, kind: 'image', bytes: new Uint8Array() };
  }
  const raw = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  const bytes = raw[0] === 0x1f && raw[1] === 0x8b ? await gunzippedHead(given) : raw;
  return { given, kind: kindOf(bytes, file.name), bytes };
}

/** `[N, H, W]` or `[N]`, from the head of an IDX file. */
export function idxShape({ bytes, kind }: FileHead): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const dimensions = kind === 'idx-images' ? 3 : 1;
  return Array.from({ length: dimensions }, (_, axis) =>
    bytes.byteLength >= 8 + 4 * axis ? view.getUint32(4 + 4 * axis) : 0,
  );
}

function kindOf(bytes: Uint8Array, name: string): FileKind {
  const [first, second, type, rank] = bytes;
  if (first === 0 && second === 0 && type === 8 && rank === 3) return 'idx-images';
  if (first === 0 && second === 0 && type === 8 && rank === 1) return 'idx-labels';
  const isText = bytes.length > 0 && bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
  return isText && (/\.csv(\.gz)?$/i.test(name) || bytes.includes(0x2c)) ? 'csv' : 'unknown';
}

async function gunzippedHead({ file, path }: GivenFile): Promise<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    const { value } = await reader.read();
    return new Uint8Array(value ?? []).slice(0, HEAD_BYTES);
  } catch (cause) {
    throw new CnnError(
      'invalid-file',
      {
        where: path,
        expected: 'a complete gzip file',
        received: `${file.size.toLocaleString('en')} bytes that cannot be unpacked`,
        remedy: 'Fetch it again: it was cut short or damaged on its way',
      },
      { cause },
    );
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
