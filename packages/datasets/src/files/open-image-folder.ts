import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnError } from '@cnn/core';
import { type ImageListDataset, imageListDataset } from '../images/image-list-dataset.ts';
import { withChannels } from '../images/with-channels.ts';
import { decodeImage, type ImageDecoder } from './decode-image.ts';
import { unreadable } from './read-file-bytes.ts';

/** How a folder of images is read. */
export interface OpenImageFolderOptions {
  /** For messages and logs. Default: the path. */
  readonly name?: string;
  /** 3 for colour, 1 for grey; alpha is dropped. */
  readonly channels?: 1 | 3;
  /** Order of the classes. Default: the folders' names, sorted by code unit as torchvision's `ImageFolder` does. */
  readonly classNames?: readonly string[];
  /** What decodes the files. */
  readonly decoder?: ImageDecoder;
}

const IMAGE = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif)$/i;

/**
 * A data set from a folder that has one folder a class, as torchvision's `ImageFolder`. Files are decoded when asked
 * for; wrap it in `cachedDataset` to decode each once.
 *
 * @throws CnnError `missing-file` when there is no such folder; `invalid-file` when it has no class folder, or one
 * without an image; later, naming the file, when one cannot be decoded.
 */
export async function openImageFolder(path: string, options: OpenImageFolderOptions = {}): Promise<ImageListDataset> {
  const { name = path, channels = 3, decoder = 'auto', classNames } = options;
  const folders = await entriesOf(path, false);
  const classes = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const entries: { file: string; className: string }[] = [];
  for (const className of classes) {
    const found = await entriesOf(join(path, className), true);
    const images = found.filter((entry) => entry.isFile() && IMAGE.test(entry.name));
    if (images.length === 0) throw emptyClass(join(path, className));
    for (const image of images) entries.push({ file: join(image.parentPath, image.name), className });
  }
  return imageListDataset({
    name,
    entries,
    ...(classNames ? { classNames } : {}),
    async decode(index) {
      const { file } = entries[index]!;
      const bytes = await readFile(file).catch((cause: unknown) => {
        throw unreadable(file, cause);
      });
      return withChannels(await decodeImage(bytes, { file, decoder }), channels);
    },
  });
}

async function entriesOf(folder: string, recursive: boolean): Promise<import('node:fs').Dirent[]> {
  return readdir(folder, { withFileTypes: true, recursive }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
}

function emptyClass(folder: string): CnnError {
  return new CnnError('invalid-file', {
    where: folder,
    expected: 'at least one image (.jpg, .png, ...)',
    received: 'none',
    remedy: 'Add images of this class, or remove its folder',
  });
}
