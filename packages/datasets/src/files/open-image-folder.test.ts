import { basename, join } from 'node:path';
import { encode } from 'fast-png';
import jpeg from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import { patternImage } from '../../test/pattern-image.ts';
import { realData } from '../../test/real-data.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { writeFiles } from '../../test/write-files.ts';
import { withChannels } from '../images/with-channels.ts';
import { DataLoader } from '../loader/data-loader.ts';
import { cachedDataset } from '../memory/cached-dataset.ts';
import { transformedDataset } from '../memory/transformed-dataset.ts';
import { centerCrop } from '../transforms/center-crop.ts';
import { resize } from '../transforms/resize.ts';
import { decodeImage } from './decode-image.ts';
import { openImageFolder } from './open-image-folder.ts';

/** Two pixels, of the first and second colour of a palette. */
const PALETTE_2_BITS =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAgMAAACJTJcZAAAADFBMVEW+xH89xngAAAAJCQml+/OQAAAACklEQVR4nGMQAAAAEgARpVbHTgAAAABJRU5ErkJggg==';
/** A white and a black pixel. */
const GREY_1_BIT = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAQAAAADcWUInAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==';

function png(height: number, width: number, channels: 1 | 3 | 4): Uint8Array {
  return encode({ width, height, channels, data: patternImage([height, width, channels]).pixels });
}

/** A smooth picture, which JPEG keeps to a few levels. */
function jpg(height: number, width: number): Uint8Array {
  const data = Uint8Array.from({ length: height * width * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : 60 + (i % 4) * 50 + ((i >> 8) % 40),
  );
  return new Uint8Array(jpeg.encode({ width, height, data }, 95).data);
}

test('classes are the sorted names of the folders, files are sorted within', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, {
    'b/2.png': png(2, 2, 3),
    'b/10.png': png(2, 3, 1),
    'B/x.JPG': jpg(8, 8),
    'a/deep/er.png': png(2, 2, 4),
    'a/notes.txt': 'no image',
    'README.md': 'no class',
  });
  const dataset = await openImageFolder(root);
  expect(dataset.classNames).toEqual(['B', 'a', 'b']);
  expect(dataset.files.map((file) => basename(file))).toEqual(['x.JPG', 'er.png', '10.png', '2.png']);
  expect(Array.from(dataset.labels)).toEqual([0, 1, 2, 2]);
  expect(dataset.sampleShape).toBeNull();
  expect((await dataset.get(2)).shape).toEqual([2, 3, 3]);
  expect(Array.from((await dataset.get(3)).pixels)).toEqual(Array.from(patternImage([2, 2, 3]).pixels));
});

test('classes may be given in an order, grey may be asked for', async () => {
  const root = await temporaryFolder();
  await writeFiles(root, { 'no/1.png': png(2, 2, 3), 'yes/1.png': png(2, 2, 3) });
  const dataset = await openImageFolder(root, { classNames: ['yes', 'no'], channels: 1 });
  expect((await dataset.get(0)).shape).toEqual([2, 2, 1]);
  expect(basename(join(dataset.files[0]!, '..'))).toBe('yes');
  await expect(openImageFolder(root, { classNames: ['yes'] })).rejects.toThrow("yes, without 'no'");
});

test('what is no image folder is named', async () => {
  const root = await temporaryFolder();
  await expect(openImageFolder(join(root, 'none'))).rejects.toMatchObject({ code: 'missing-file' });
  await expect(openImageFolder(root)).rejects.toMatchObject({
    code: 'invalid-file',
    message: expect.stringContaining('expected image files in one folder a class, as <folder>/<class>/<image>.jpg'),
  });
  await writeFiles(root, { 'cat/readme.txt': '' });
  await expect(openImageFolder(root)).rejects.toThrow(`${join(root, 'cat')}: expected at least one image`);
});

describe.each(['pure', 'sharp'] as const)('decoding with %s', (decoder) => {
  test.each([
    ['a truncated PNG', png(20, 20, 3).subarray(0, 300)],
    ['a truncated JPEG', jpg(64, 64).subarray(0, 400)],
    ['a PNG with a flipped bit', png(20, 20, 3).map((byte, i) => (i === 200 ? byte ^ 255 : byte))],
    ['an empty file', new Uint8Array(0)],
  ])('%s is named', async (_case, bytes) => {
    await expect(decodeImage(bytes, { file: 'dir/x.png', decoder })).rejects.toMatchObject({
      code: 'invalid-file',
      message: expect.stringMatching(
        /^dir\/x.png: expected an image that can be decoded, received \d+ bytes that cannot/,
      ),
    });
  });

  test('grey with alpha keeps its grey', async () => {
    const image = await decodeImage(
      encode({ width: 2, height: 1, channels: 2, data: Uint8Array.of(70, 255, 9, 255) }),
      { decoder },
    );
    expect(Array.from(withChannels(image, 1).pixels)).toEqual([70, 9]);
  });

  test.each([1, 3, 4] as const)('a PNG of %i channels keeps its bytes', async (channels) => {
    const { pixels } = patternImage([5, 7, channels]);
    const image = await decodeImage(encode({ width: 7, height: 5, channels, data: pixels }), { decoder });
    expect(image.shape).toEqual([5, 7, channels]);
    expect(Array.from(image.pixels)).toEqual(Array.from(pixels));
  });

  test('16 bits become 8', async () => {
    const data = Uint16Array.of(0, 0x1234, 0x8080, 0xffff);
    const image = await decodeImage(encode({ width: 2, height: 2, channels: 1, depth: 16, data }), { decoder });
    expect(Array.from(image.pixels)).toEqual([0, 0x12, 0x80, 0xff]);
  });

  test.each([
    ['2 bits', PALETTE_2_BITS, [190, 196, 127, 61, 198, 120]],
    ['1 bit grey', GREY_1_BIT, [255, 0]],
  ])('a PNG of %s is widened', async (_case, base64, expected) => {
    const image = await decodeImage(Uint8Array.from(Buffer.from(base64, 'base64')), { decoder });
    expect(Array.from(image.pixels)).toEqual(expected);
  });
});

test('both decoders agree on a JPEG but for a few levels', async () => {
  const bytes = jpg(32, 48);
  const pure = await decodeImage(bytes, { decoder: 'pure' });
  const sharp = await decodeImage(bytes, { decoder: 'sharp' });
  expect(pure.shape).toEqual(sharp.shape);
  const difference = Math.max(...Array.from(pure.pixels, (value, i) => Math.abs(value - sharp.pixels[i]!)));
  expect(difference).toBeLessThanOrEqual(6);
});

test('a format that only sharp knows is refused without it', async () => {
  const webp = new TextEncoder().encode('RIFF0000WEBP');
  await expect(decodeImage(webp, { file: 'a.webp', decoder: 'pure' })).rejects.toMatchObject({
    code: 'unsupported',
    message:
      'a.webp: expected a PNG or JPEG image, received a file that begins with 52 49 46 46. Convert it, or install sharp, which reads more formats.',
  });
});

const signs = realData('sign-language-digits/Dataset');

describe.skipIf(!signs)('the sign language digits', () => {
  test('2,062 photographs in ten classes, three of them larger', async () => {
    const dataset = await openImageFolder(signs ?? '');
    expect(dataset.length).toBe(2062);
    expect(dataset.classNames).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    const counts = dataset.classNames.map((_, label) => dataset.labels.filter((each) => each === label).length);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([204, 208]);
  });

  test('a loader decodes, resizes and crops them; a cache decodes each once', async () => {
    const dataset = await openImageFolder(signs ?? '');
    const small = cachedDataset(transformedDataset(dataset, [resize({ size: 64 }), centerCrop({ size: 56 })]));
    const loader = new DataLoader(small, { batchSize: 16, dropLast: true });
    expect(await loader.readSampleShape()).toEqual([56, 56, 3]);
    const timesMs: number[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      const start = performance.now();
      let batches = 0;
      for await (const { inputs } of loader) {
        expect(inputs.shape).toEqual([16, 56, 56, 3]);
        if (++batches === 4) break;
      }
      timesMs.push(performance.now() - start);
    }
    console.log(`Image folder: 64 photographs in ${timesMs.map((ms) => ms.toFixed(0)).join(' ms, again in ')} ms`);
    expect(timesMs[1]).toBeLessThan(timesMs[0]!);
  });
});
