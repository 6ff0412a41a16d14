import { CnnError, type Dataset, type ImageShape, type Sample } from '@cnn/core';
import { checkIndex } from '../memory/check-index.ts';
import type { Image } from '../transforms/transform.ts';

/** Image files with their classes, decoded when asked for. */
export interface ImageListDataset extends Dataset {
  /** Name or path of each file, in the order of the samples. */
  readonly files: readonly string[];
  /** Class index of each file. */
  readonly labels: Int32Array;
  get(index: number): Promise<Sample>;
}

/** What a data set of image files is made of. */
export interface ImageListOptions {
  readonly name: string;
  /** Each file with the name of its class. */
  readonly entries: readonly { readonly file: string; readonly className: string }[];
  /** Default: the classes of the entries, sorted by code unit as Python sorts strings. */
  readonly classNames?: readonly string[];
  /** Decodes the file of an entry. */
  readonly decode: (index: number) => Promise<Image>;
  readonly sampleShape?: ImageShape | null;
}

/**
 * A data set from a list of image files. The samples are ordered by class, then by file name.
 *
 * @throws CnnError `invalid-file` without an entry; `invalid-argument` when a class has no name in `classNames`.
 */
export function imageListDataset(options: ImageListOptions): ImageListDataset {
  const { name, decode } = options;
  const classNames = options.classNames ?? [...new Set(options.entries.map(({ className }) => className))].sort();
  if (options.entries.length === 0) {
    throw new CnnError('invalid-file', {
      where: name,
      expected: 'image files in one folder a class, as <folder>/<class>/<image>.jpg',
      received: 'no such file',
      remedy: 'Pass the folder that holds the folders of the classes',
    });
  }
  const ordered = options.entries.map((entry, position) => ({
    ...entry,
    position,
    label: classNames.indexOf(entry.className),
  }));
  const stranger = ordered.find(({ label }) => label < 0);
  if (stranger) {
    throw new CnnError('invalid-argument', {
      where: `${name}, classNames`,
      expected: `a name for the class of ${stranger.file}`,
      received: `${classNames.join(', ')}, without '${stranger.className}'`,
      remedy: 'Name every class, or none to take the names of the folders',
    });
  }
  ordered.sort((a, b) => a.label - b.label || (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const labels = Int32Array.from(ordered, ({ label }) => label);
  return {
    name,
    length: ordered.length,
    classNames,
    sampleShape: options.sampleShape ?? null,
    files: ordered.map(({ file }) => file),
    labels,
    async get(index) {
      checkIndex(index, ordered.length, name);
      const { pixels, shape } = await decode(ordered[index]!.position);
      return { pixels, shape, label: labels[index]! };
    },
  };
}
