import { decodeBlob } from './decode-blob.ts';
import { type ImageListDataset, imageListDataset } from './image-list-dataset.ts';
import { withChannels } from './with-channels.ts';

/** How image files chosen in a browser become a data set. */
export interface ImageFilesOptions {
  /** For messages and logs. */
  readonly name?: string;
  /** 3 for colour, 1 for grey. */
  readonly channels?: 1 | 3;
  /** Name of each class, in the order of the labels. Default: the files' folders, sorted. */
  readonly classNames?: readonly string[];
  /** Class of a file. Default: the folder that it lies in, as `<input webkitdirectory>` reports it. */
  readonly classOf?: (file: File) => string;
}

/**
 * A data set from files that a person chose or dropped in a browser, one folder a class. They are decoded by
 * `createImageBitmap` when asked for.
 *
 * @throws CnnError `invalid-file` when there is no file.
 */
export function imageFilesDataset(files: readonly File[], options: ImageFilesOptions = {}): ImageListDataset {
  const { name = 'images', channels = 3, classNames, classOf = parentFolder } = options;
  const images = files.filter(
    (file) => file.type.startsWith('image/') || /\.(jpe?g|png|webp|gif|bmp|avif)$/i.test(file.name),
  );
  return imageListDataset({
    name,
    entries: images.map((file) => ({ file: file.webkitRelativePath || file.name, className: classOf(file) })),
    ...(classNames ? { classNames } : {}),
    decode: async (index) => withChannels(await decodeBlob(images[index]!), channels),
  });
}

function parentFolder(file: File): string {
  return file.webkitRelativePath.split('/').at(-2) ?? '';
}
