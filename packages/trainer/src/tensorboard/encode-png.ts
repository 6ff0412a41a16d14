import { CnnError } from '@cnn/core';
import { crc32 } from './crc.ts';

/** An image on the host. */
export interface HostImage {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Grey, colour, or colour with opacity. */
  readonly channels: 1 | 3 | 4;
  /** HWC, 0..255. */
  readonly pixels: Uint8Array;
}

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const COLOUR_TYPES = { 1: 0, 3: 2, 4: 6 } as const;

/**
 * The image as a PNG file.
 *
 * @throws CnnError `invalid-argument` when the pixels are not as many as the sizes say.
 */
export async function encodePng({ width, height, channels, pixels }: HostImage): Promise<Uint8Array> {
  if (!(channels in COLOUR_TYPES) || pixels.length !== width * height * channels || pixels.length === 0) {
    throw new CnnError('invalid-argument', {
      where: 'encodePng',
      expected: 'width · height · channels pixels, at least one, of 1, 3 or 4 channels',
      received: `${pixels.length} pixels for ${width} × ${height} × ${channels}`,
      remedy: 'Pass { width, height, channels, pixels }, the pixels row by row',
    });
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, COLOUR_TYPES[channels], 0, 0, 0], 8);
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1)); // each begins with its filter: none
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * stride, (row + 1) * stride), row * (stride + 1) + 1);
  }
  const chunks = [chunk('IHDR', header), chunk('IDAT', await deflate(rows)), chunk('IEND', new Uint8Array())];
  return Uint8Array.from([...SIGNATURE, ...chunks.flatMap((bytes) => [...bytes])]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
