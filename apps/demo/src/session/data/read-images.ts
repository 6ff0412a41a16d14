import { CnnError } from '@cnn/core';
import { decodeBlob, type MemoryDataset, memoryDataset, resize, SampleRandom, withChannels } from '@cnn/datasets';
import { checkClasses, checkPixelBytes } from './data-limits.ts';
import type { GivenFile } from './given-file.ts';
import { HELD_BACK, type ReadData } from './read-data.ts';

/** How image files become images of one size. */
export interface ImageSettings {
  /** 1: grey. 3: colour. */
  readonly channels: 1 | 3;
  /** Height and width in pixels. */
  readonly side: number;
}

export interface ReadImagesOptions extends ImageSettings {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const COUNT_LIMIT = 20_000;
const FILE_LIMIT_BYTES = 50 * 2 ** 20;

/** An image file with what its path says. */
interface PlacedImage extends GivenFile {
  readonly className: string;
  readonly part: 'train' | 'test';
}

/**
 * Reads a folder with one folder of images a class, or `train` and `test` folders with such folders. Files that cannot
 * be decoded are left out and named.
 *
 * @throws CnnError `invalid-file` for images without class folders, a single class, or nothing that can be decoded;
 * `out-of-memory` before memory is taken; `aborted`.
 */
export async function readImages(files: readonly GivenFile[], options: ReadImagesOptions): Promise<ReadData> {
  const { channels, side } = options;
  const placed = placeImages(files);
  checkPixelBytes('the folder', placed.length * side * side * channels);
  const classNames = [...new Set(placed.map(({ className }) => className))].sort();
  const images = await decodeAll(placed, options);
  const failed = placed.filter((_, i) => !images[i]);
  const part = (name: PlacedImage['part']): MemoryDataset => {
    const chosen = placed.flatMap((image, i) =>
      image.part === name && images[i] ? [{ image, pixels: images[i] }] : [],
    );
    chosen.sort((a, b) => (a.image.className === b.image.className && a.image.path > b.image.path ? 1 : -1));
    chosen.sort((a, b) => classNames.indexOf(a.image.className) - classNames.indexOf(b.image.className));
    const pixels = new Uint8Array(chosen.length * side * side * channels);
    chosen.forEach(({ pixels: own }, i) => {
      pixels.set(own, i * own.length);
    });
    const labels = Int32Array.from(chosen, ({ image }) => classNames.indexOf(image.className));
    return memoryDataset({ name: rootOf(files), pixels, labels, shape: [side, side, channels], classNames });
  };
  const hasTest = placed.some((image) => image.part === 'test');
  const train = part('train');
  checkClasses(train);
  const left = `${failed.length} of ${placed.length} files could not be read and were left out: ${failed
    .slice(0, 5)
    .map(({ path }) => path)
    .join(', ')}${failed.length > 5 ? ', …' : ''}.`;
  const held = `${100 * HELD_BACK} % of the images are held back for the test.`;
  const root = rootOf(files);
  return {
    data: folderData(root, { hasTest, channels, side }),
    parts: { train, test: hasTest ? part('test') : null },
    remarks: [...(failed.length > 0 ? [left] : []), ...(hasTest ? [] : [held])],
  };
}

/** The folder as `cnn-cli` names it: the command reads the same images from it. */
export function folderData(
  root: string,
  { hasTest, channels, side }: ImageSettings & { hasTest: boolean },
): ReadData['data'] {
  return {
    name: 'image-folder',
    path: hasTest ? `${root}/train` : root,
    testPath: hasTest ? `${root}/test` : null,
    testFraction: hasTest ? 0 : HELD_BACK,
    channels,
    prepare: [{ resize: { size: [side, side], antialias: true } }],
  };
}

/** What class and part each image is of, by its path. */
export function placeImages(files: readonly GivenFile[]): PlacedImage[] {
  const images = files.filter(({ file }) => file.type.startsWith('image/'));
  const large = images.find(({ file }) => file.size > FILE_LIMIT_BYTES);
  if (large) throw tooMuch(large.path, 'image files of at most 50 MB', `${Math.round(large.file.size / 2 ** 20)} MB`);
  if (images.length > COUNT_LIMIT) {
    throw tooMuch(
      'the folder',
      `at most ${COUNT_LIMIT.toLocaleString('en')} images`,
      images.length.toLocaleString('en'),
    );
  }
  const placed = images.map((image): PlacedImage => {
    const folders = image.path.split('/').slice(0, -1);
    const part = folders.slice(0, -1).some((name) => /^(test|val|valid|validation)$/i.test(name)) ? 'test' : 'train';
    return { ...image, className: folders.at(-1) ?? '', part };
  });
  if (placed.length > 0 && placed.every(({ className }) => className !== '')) return placed;
  throw new CnnError('invalid-file', {
    where: 'the images',
    expected: 'image files in one folder a class, as cats/1.jpg and dogs/1.jpg',
    received:
      placed.length === 0 ? 'no image' : `${placed.find(({ className }) => className === '')?.path} in no folder`,
    remedy:
      'Drop the folder that holds the folders of the classes; a single picture to be read goes on the drawing canvas',
  });
}

async function decodeAll(
  placed: readonly PlacedImage[],
  { channels, side, onProgress, signal }: ReadImagesOptions,
): Promise<(Uint8Array | undefined)[]> {
  const shrink = resize({ size: [side, side] });
  const random = new SampleRandom(0);
  const images: (Uint8Array | undefined)[] = [];
  for (const [i, { file, path }] of placed.entries()) {
    if (signal?.aborted) throw aborted();
    try {
      const image = withChannels(await decodeBlob(file, { file: path }), channels);
      images.push(Uint8Array.from(shrink.apply(image, random).pixels));
    } catch (error) {
      if (!(error instanceof CnnError) || error.code !== 'invalid-file') throw error;
      images.push(undefined); // Named in the remarks.
    }
    if (i % 20 === 0) onProgress?.(i + 1, placed.length);
  }
  return images;
}

/** The folder that was dropped; `images` for several without a common one. */
function rootOf(files: readonly GivenFile[]): string {
  const roots = new Set(files.map(({ path }) => path.split('/')[0]));
  const [root = 'images'] = roots;
  return roots.size === 1 && files.some(({ path }) => path.split('/').length > 2) ? root : 'images';
}

function tooMuch(where: string, expected: string, received: string): CnnError {
  return new CnnError('out-of-memory', { where, expected, received, remedy: 'Give less, or train with cnn-cli' });
}

function aborted(): CnnError {
  const parts = { where: 'the images', expected: 'to be read', received: 'a cancel', remedy: 'Drop them again' };
  return new CnnError('aborted', parts);
}
