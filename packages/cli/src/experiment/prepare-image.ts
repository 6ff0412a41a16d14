import { readFile } from 'node:fs/promises';
import { CnnError, type ImageShape } from '@cnn/core';
import { centerDigit, type Image, resize, SampleRandom, withChannels } from '@cnn/datasets';
import { decodeImage } from '@cnn/datasets/node';
import { describeFileError, isSystemError } from '../run-folder/file-error.ts';

export interface PrepareImageOptions {
  readonly classNames: readonly string[];
  /** Shape of the images that the model was trained on, before all transforms; null where they differ in size. */
  readonly imageShape: ImageShape | null;
}

/**
 * Reads an image file as people have them and makes of it what the model's data set would have held: a digit is found,
 * turned light on dark and centred as MNIST's are; any other image gets the data set's channels and, where its images
 * have one size, that size.
 *
 * @throws CnnError `missing-file`, `invalid-file` or `unsupported`, naming the file.
 */
export async function prepareImage(path: string, { classNames, imageShape }: PrepareImageOptions): Promise<Image> {
  const image = await decodeImage(await readBytes(path), { file: path });
  if (isDigits(classNames, imageShape)) return centerDigit(image, { file: path });
  const channels = imageShape?.[2] === 1 ? 1 : 3;
  const coloured = withChannels(image, channels);
  if (!imageShape) return coloured;
  const [height, width] = imageShape;
  return resize({ size: [height, width] }).apply(coloured, new SampleRandom(0));
}

/** MNIST's format with MNIST's classes: whoever draws a digit expects it to be centred. */
function isDigits(classNames: readonly string[], shape: ImageShape | null): boolean {
  return String(shape) === '28,28,1' && String(classNames) === '0,1,2,3,4,5,6,7,8,9';
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isSystemError(error) && error.code === 'EISDIR') {
      throw new CnnError('invalid-file', {
        where: path,
        expected: 'an image file',
        received: 'a folder',
        remedy: 'Name the images in it',
      });
    }
    throw isSystemError(error) ? describeFileError(error) : error;
  }
}
