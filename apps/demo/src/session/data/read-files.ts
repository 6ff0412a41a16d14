import { CnnError } from '@cnn/core';
import { readHead } from './file-kind.ts';
import { foreignKind } from './foreign-kind.ts';
import type { GivenFile } from './given-file.ts';
import { readCsv } from './read-csv.ts';
import type { ReadData } from './read-data.ts';
import { readIdx } from './read-idx.ts';
import { type ReadImagesOptions, readImages } from './read-images.ts';

/**
 * Makes a data set of whatever a person dropped: IDX, CSV, or image files in folders. Files beside them that are none
 * of these (`.DS_Store`, a README) are ignored.
 *
 * @throws CnnError `invalid-file` that says what is understood, where nothing is.
 */
export async function readFiles(files: readonly GivenFile[], options: ReadImagesOptions): Promise<ReadData> {
  if (files.length === 0) throw nothing('an empty folder');
  const heads = await Promise.all(files.map(readHead));
  const of = (...kinds: readonly string[]) => heads.filter(({ kind }) => kinds.includes(kind));
  const [idx, csv, images] = [of('idx-images', 'idx-labels'), of('csv'), of('image')];
  if (idx.length > 0) return readIdx(idx);
  if (images.length > 0)
    return readImages(
      images.map(({ given }) => withType(given)),
      options,
    );
  if (csv.length > 0) return readCsv(csv);
  const [first] = heads;
  const named = first ? `${first.given.path}${foreignKind(first.bytes)}` : '';
  throw nothing(heads.length === 1 ? named : `${heads.length} files, among them ${named}`);
}

/** Some systems give files of a folder no type. */
function withType({ file, path }: GivenFile): GivenFile {
  return { file: file.type.startsWith('image/') ? file : new File([file], file.name, { type: 'image/*' }), path };
}

function nothing(received: string): CnnError {
  return new CnnError('invalid-file', {
    where: 'the dropped files',
    expected:
      'IDX files (images and labels, plain or .gz), CSV files (a label and pixels in each row), or a folder with one folder of images a class',
    received,
    remedy: 'Weights and runs are opened where they are saved; a single picture to be read goes on the drawing canvas',
  });
}
