import { CnnError } from '@cnn/core';
import { undecodable } from '../images/decode-blob.ts';
import type { Image } from '../transforms/transform.ts';
import { decodePure } from './decode-pure.ts';

/** Which decoder: `sharp`, the pure JavaScript ones (PNG and JPEG), or sharp where it is installed. */
export type ImageDecoder = 'auto' | 'sharp' | 'pure';

/** How to decode an image file. */
export interface DecodeImageOptions {
  /** Name of the file in errors. */
  readonly file?: string;
  /** JPEGs decoded by sharp and by JavaScript differ by a few levels: name one where bytes must be the same. */
  readonly decoder?: ImageDecoder;
}

/**
 * Decodes an image file to bytes `[H, W, C]`: grey, RGB or RGBA as the file has it
 * (grey with alpha as two channels, or as RGBA where sharp decodes it).
 *
 * @throws CnnError `invalid-file` when it is damaged; `unsupported` when no decoder knows its format.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeImageOptions = {}): Promise<Image> {
  const { file = 'image', decoder = 'auto' } = options;
  const format = formatOf(bytes);
  const sharp = decoder === 'pure' ? undefined : await loadSharp();
  if (!sharp && decoder === 'sharp') {
    throw new CnnError('unsupported', {
      where: 'decodeImage',
      expected: "sharp, as the decoder 'sharp' says",
      received: 'no such package',
      remedy: "Install sharp, or pass the decoder 'pure'",
    });
  }
  if (bytes.byteLength === 0) throw undecodable(file, 0, 'an empty file');
  if (!sharp) {
    if (format) return decodePure(bytes, format, file);
    throw new CnnError('unsupported', {
      where: file,
      expected: 'a PNG or JPEG image',
      received: `a file that begins with ${hex(bytes)}`,
      remedy: 'Convert it, or install sharp, which reads more formats',
    });
  }
  try {
    // Profiles are left alone, as Pillow and torchvision leave them: the same pixels give the same features.
    const image = sharp(bytes, { failOn: 'warning', ignoreIcc: true });
    const { space, hasAlpha } = await image.metadata();
    const grey = (space === 'b-w' || space === 'grey16') && !hasAlpha;
    const raw = image.toColourspace(grey ? 'b-w' : 'srgb');
    const { data, info } = await raw.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    return { pixels, shape: [info.height, info.width, info.channels] };
  } catch (cause) {
    throw undecodable(file, bytes.byteLength, cause);
  }
}

type Sharp = typeof import('sharp')['default'];
let sharpModule: Promise<Sharp | undefined> | undefined;

/** Sharp is optional: where it is not installed, or does not load here, the pure decoders do the work. */
async function loadSharp(): Promise<Sharp | undefined> {
  sharpModule ??= import('sharp').then(
    (module) => module.default,
    () => undefined,
  );
  return sharpModule;
}

function formatOf(bytes: Uint8Array): 'png' | 'jpeg' | undefined {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) return 'png';
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'jpeg' : undefined;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
