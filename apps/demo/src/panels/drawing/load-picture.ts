import type { BroughtPicture } from './sketch.ts';

/** Longest side that is kept: more tells the network nothing. */
const MOST_PIXELS = 512;
/** Files beyond this are no pictures of a digit. */
const MOST_BYTES = 50 * 2 ** 20;

/** Decodes a picture file with the browser's own decoders, made smaller where it is large. @throws Error saying why not. */
export async function loadPicture(file: File): Promise<BroughtPicture> {
  if (file.size > MOST_BYTES) {
    const size = (file.size / 2 ** 20).toFixed(0);
    throw new Error(`${file.name} has ${size} MB; pictures of up to 50 MB are read. Crop it to one digit.`);
  }
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (!bitmap) {
    throw new Error(
      `${file.name || 'This file'} is no picture that the browser can read. Bring a PNG, JPEG or WebP file.`,
    );
  }
  const scale = Math.min(1, MOST_PIXELS / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return { kind: 'picture', data: context.getImageData(0, 0, width, height).data, height, width };
}
