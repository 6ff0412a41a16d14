import { CnnError, type ImageShape, nearestName } from '@cnn/core';
import { CIFAR10 } from './cifar10.ts';
import { FASHION_MNIST, KMNIST, MNIST } from './mnist-family.ts';
import { SYNTHETIC_DIGITS } from './synthetic-digits-entry.ts';

/** The two parts in which data sets are published. */
export type Split = 'train' | 'test';

/** A file with data of one split, uncompressed. */
export interface CataloguePart {
  /** Its name, without a folder. */
  readonly file: string;
  /** MD5 of the contents; `null` where none is known. */
  readonly md5: string | null;
}

/** A file that the mirrors serve. */
export interface CatalogueArchive {
  /** Its name, which is appended to a mirror's address. */
  readonly file: string;
  /** MD5 of the archive as the mirrors serve it. */
  readonly md5: string;
  /** Parts in it: one for a `.gz`, several for a `.tar.gz`. */
  readonly parts: readonly string[];
}

/** What is known of a published data set. */
export interface CatalogueEntry {
  /** What users ask for: `mnist`. */
  readonly name: string;
  /** Name for people: `MNIST`. */
  readonly title: string;
  /** What its files are read with; `generated` has none. */
  readonly format: 'idx' | 'cifar' | 'generated';
  /** Name of each class, in the order of the labels. */
  readonly classNames: readonly string[];
  /** `[H, W, C]` of every image. */
  readonly sampleShape: ImageShape;
  /** Images of each split. */
  readonly counts: Readonly<Record<Split, number>>;
  /** Mean and deviation of the training pixels divided by 255, a channel each, as commonly used to normalize. */
  readonly mean: readonly number[];
  /** See `mean`. */
  readonly std: readonly number[];
  /** The files of each split: for IDX images, then labels. */
  readonly parts: Readonly<Record<Split, readonly CataloguePart[]>>;
  /** What a download fetches. */
  readonly archives: readonly CatalogueArchive[];
  /** Addresses to which an archive's name is appended, in the order in which they are tried. */
  readonly mirrors: readonly string[];
  /** Folders below a data folder in which the parts may lie; the first is where downloads go. */
  readonly folders: readonly string[];
  /** Under what terms it is published. */
  readonly licence: string;
  /** Where its makers describe it. */
  readonly homepage: string;
  /** What to cite. */
  readonly citation: string;
}

/** Every data set that can be opened by name. */
export const CATALOGUE: readonly CatalogueEntry[] = [MNIST, FASHION_MNIST, KMNIST, CIFAR10, SYNTHETIC_DIGITS];

/** @throws CnnError `invalid-argument` with all names, when the catalogue has no such data set. */
export function catalogueEntry(name: string): CatalogueEntry {
  const entry = CATALOGUE.find((candidate) => candidate.name === name);
  if (entry) return entry;
  throw new CnnError('invalid-argument', {
    where: 'data.name',
    expected: `one of ${CATALOGUE.map((candidate) => candidate.name).join(', ')}`,
    received: `'${name}'`,
    remedy: `Write ${nearestName(
      name,
      CATALOGUE.map((candidate) => candidate.name),
    )}, or another of them`,
  });
}
