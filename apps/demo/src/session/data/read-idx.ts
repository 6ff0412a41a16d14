import { CnnError } from '@cnn/core';
import { CATALOGUE, type CatalogueEntry, idxDataset, md5, type NamedBytes, readBytes } from '@cnn/datasets';
import { checkClasses, checkPixelBytes } from './data-limits.ts';
import type { HeldParts } from './data-parts.ts';
import { type FileHead, idxShape } from './file-kind.ts';
import { HELD_BACK, type ReadData } from './read-data.ts';

/** Images with their labels. */
interface IdxPair {
  readonly images: FileHead;
  readonly labels: FileHead;
}

/**
 * Reads one or two pairs of IDX files, plain or gzipped, whatever they are called: what is images and what labels is
 * told by their content. Where all four are a published data set, it goes by its name.
 *
 * @throws CnnError `invalid-file` when a file has no partner or is damaged; `out-of-memory` before memory is taken.
 */
export async function readIdx(heads: readonly FileHead[]): Promise<ReadData> {
  const pairs = pairUp(heads);
  for (const { images, labels } of pairs) {
    checkPixelBytes(
      images.given.path,
      idxShape(images).reduce((product, side) => product * side, 1),
    );
    for (const { given } of [images, labels]) checkPixelBytes(given.path, given.file.size);
  }
  const [train, test] = inOrder(pairs);
  const labelFiles = await Promise.all(
    [train, ...(test ? [test] : [])].map((pair) => readBytes(pair.labels.given.file)),
  );
  const known = labelFiles.map((bytes) => entryOfLabels(bytes));
  const entry = known.every((other) => other !== undefined && other === known[0]) ? known[0] : undefined;
  const parts: HeldParts = {
    train: await read(train, labelFiles[0]!, entry),
    test: test ? await read(test, labelFiles[1]!, entry) : null,
  };
  checkClasses(parts.train);
  const classNames =
    parts.test && parts.test.classNames.length > parts.train.classNames.length
      ? parts.test.classNames
      : parts.train.classNames;
  const remarks = test ? [] : [`No test images: ${100 * HELD_BACK} % of the images are held back for the test.`];
  if (entry && test) return { data: { name: entry.name }, parts, remarks };
  const data = {
    name: 'idx',
    images: train.images.given.path,
    labels: train.labels.given.path,
    testImages: test?.images.given.path ?? null,
    testLabels: test?.labels.given.path ?? null,
    classNames: [...classNames],
  };
  return { data, parts: sameClasses(parts, classNames), remarks };
}

/** Partners by their names (`train-images`, `train-labels`), else by their numbers. */
function pairUp(heads: readonly FileHead[]): IdxPair[] {
  const images = heads.filter(({ kind }) => kind === 'idx-images');
  const left = heads.filter(({ kind }) => kind === 'idx-labels');
  const pairs = images.map((image): IdxPair => {
    const byName = left.findIndex((labels) => stem(labels) === stem(image));
    const byCount = left.findIndex((labels) => idxShape(labels)[0] === idxShape(image)[0]);
    const [labels] = left.splice(byName >= 0 ? byName : Math.max(0, byCount), 1);
    if (!labels) throw noPartner(image, 'labels');
    return { images: image, labels };
  });
  if (left[0]) throw noPartner(left[0], 'images');
  if (pairs.length <= 2) return pairs;
  throw new CnnError('invalid-file', {
    where: 'the dropped files',
    expected: 'one pair of IDX files for training and one for the test',
    received: `${pairs.length} pairs`,
    remedy: 'Drop two pairs at most',
  });
}

/** The test part is called so, or is the smaller one. */
function inOrder([first, second]: readonly IdxPair[]): [train: IdxPair, test: IdxPair | undefined] {
  if (!first) throw new RangeError('inOrder: no pair');
  if (!second) return [first, undefined];
  const isTest = ({ images }: IdxPair): boolean => /t10k|test|val/i.test(images.given.file.name);
  const count = ({ images }: IdxPair): number => idxShape(images)[0] ?? 0;
  const swapped = isTest(first) === isTest(second) ? count(first) < count(second) : isTest(first);
  return swapped ? [second, first] : [first, second];
}

async function read({ images, labels: { given } }: IdxPair, labels: NamedBytes, entry: CatalogueEntry | undefined) {
  return idxDataset({
    name: entry?.name ?? given.file.name,
    images: { file: images.given.path, bytes: (await readBytes(images.given.file)).bytes },
    labels,
    ...(entry ? { classNames: entry.classNames } : {}),
  });
}

/** Both parts with the same classes, where one lacks the last of them. */
function sameClasses({ train, test }: HeldParts, classNames: readonly string[]): HeldParts {
  return { train: { ...train, classNames }, test: test && { ...test, classNames } };
}

/** The published data set that these labels belong to. */
function entryOfLabels({ bytes }: NamedBytes): CatalogueEntry | undefined {
  const sum = md5(bytes);
  return CATALOGUE.find(({ parts }) => [...parts.train, ...parts.test].some((part) => part.md5 === sum));
}

function stem({ given: { file } }: FileHead): string {
  return file.name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replaceAll(/images?|labels?|idx\d|[-_.]/g, '');
}

function noPartner({ given, bytes, kind }: FileHead, missing: 'images' | 'labels'): CnnError {
  const count = idxShape({ given, bytes, kind })[0]?.toLocaleString('en');
  return new CnnError('invalid-file', {
    where: given.path,
    expected: `a file of ${missing} for its ${count} ${missing === 'images' ? 'labels' : 'images'}`,
    received: 'none',
    remedy: `Drop both files together, for example train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz`,
  });
}
