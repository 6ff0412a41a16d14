import type { DecodedPng } from 'fast-png';
import { undecodable } from '../images/decode-blob.ts';
import type { Image } from '../transforms/transform.ts';

/** Decodes PNG and JPEG in JavaScript. */
export async function decodePure(bytes: Uint8Array, format: 'png' | 'jpeg', file: string): Promise<Image> {
  try {
    return format === 'png' ? await decodePng(bytes) : await decodeJpeg(bytes);
  } catch (cause) {
    throw undecodable(file, bytes.byteLength, cause);
  }
}

async function decodeJpeg(bytes: Uint8Array): Promise<Image> {
  const { decode } = (await import('jpeg-js')).default;
  const { width, height, data } = decode(bytes, { useTArray: true, formatAsRGBA: false, tolerantDecoding: false });
  return { pixels: data, shape: [height, width, 3] };
}

async function decodePng(bytes: Uint8Array): Promise<Image> {
  const { decode } = await import('fast-png');
  const png = decode(bytes, { checkCrc: true });
  const { width, height, palette } = png;
  const samples = unpack(png);
  if (!palette) return { pixels: samples, shape: [height, width, png.channels] };
  const channels = palette.some((colour) => colour.length === 4 && colour[3] !== 255) ? 4 : 3;
  const pixels = new Uint8Array(width * height * channels);
  samples.forEach((entry, i) => {
    const colour = palette[entry];
    if (!colour) throw new Error(`no colour ${entry} in the palette`);
    for (let channel = 0; channel < channels; channel++) pixels[i * channels + channel] = colour[channel] ?? 255;
  });
  return { pixels, shape: [height, width, channels] };
}

/** One byte a sample: 16 bits lose their lower half; 1, 2 and 4 bits are widened, but for indices of a palette. */
function unpack({ data, depth, width, height, channels, palette }: DecodedPng): Uint8Array {
  if (depth === 16) return Uint8Array.from(data, (value) => value >> 8);
  if (depth === 8) return data instanceof Uint8Array ? data : Uint8Array.from(data);
  const samplesARow = width * channels;
  const bytesARow = Math.ceil((samplesARow * depth) / 8);
  const mask = 2 ** depth - 1;
  const factor = palette ? 1 : 255 / mask;
  const samples = new Uint8Array(samplesARow * height);
  for (let row = 0; row < height; row++) {
    for (let i = 0; i < samplesARow; i++) {
      const bit = i * depth;
      const byte = data[row * bytesARow + (bit >> 3)]!;
      samples[row * samplesARow + i] = ((byte >> (8 - depth - (bit & 7))) & mask) * factor;
    }
  }
  return samples;
}
