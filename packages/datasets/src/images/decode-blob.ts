import { CnnError } from '@cnn/core';
import type { Image } from '../transforms/transform.ts';

/**
 * Decodes an image file with the browser's own decoders, to RGBA bytes `[H, W, 4]`.
 *
 * @param options.file Name for errors; a `File` brings its own.
 * @throws CnnError `invalid-file` when it cannot be decoded; `unsupported` where there is no canvas, as in Node (there,
 * `decodeImage` of `@cnn/datasets/node` does it).
 */
export async function decodeBlob(blob: Blob, options: { file?: string } = {}): Promise<Image> {
  const file = options.file ?? (typeof File !== 'undefined' && blob instanceof File ? blob.name : 'image');
  if (typeof createImageBitmap === 'undefined' || typeof OffscreenCanvas === 'undefined') {
    throw new CnnError('unsupported', {
      where: 'decodeBlob',
      expected: 'createImageBitmap and OffscreenCanvas',
      received: 'a platform without them',
      remedy: 'In Node, use decodeImage of @cnn/datasets/node',
    });
  }
  const bitmap = await createImageBitmap(blob, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' }).catch(
    (cause: unknown) => {
      throw undecodable(file, blob.size, cause);
    },
  );
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw undecodable(file, blob.size, 'no 2d context');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { pixels: new Uint8Array(data.buffer), shape: [height, width, 4] };
}

/** The error for an image file that cannot be decoded. */
export function undecodable(file: string, sizeBytes: number, cause: unknown): CnnError {
  return new CnnError(
    'invalid-file',
    {
      where: file,
      expected: 'an image that can be decoded',
      received: `${sizeBytes} bytes that cannot (${cause instanceof Error ? cause.message : String(cause)})`,
      remedy: 'Replace or remove the file',
    },
    { cause },
  );
}
