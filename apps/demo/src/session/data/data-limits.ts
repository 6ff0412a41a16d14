import { CnnError } from '@cnn/core';
import type { MemoryDataset } from '@cnn/datasets';
import { PIXEL_LIMIT_BYTES } from './read-data.ts';

/** @throws CnnError `out-of-memory` when so many pixels are more than a page should hold. */
export function checkPixelBytes(file: string, bytes: number): void {
  if (bytes <= PIXEL_LIMIT_BYTES) return;
  throw new CnnError('out-of-memory', {
    where: file,
    expected: `at most ${megabytes(PIXEL_LIMIT_BYTES)} of pixels`,
    received: megabytes(bytes),
    remedy: 'Give fewer or smaller images, or train with cnn-cli',
  });
}

/** @throws CnnError `invalid-file` when there is nothing to tell apart, or nothing to learn from. */
export function checkClasses({ name, labels, classNames, length }: MemoryDataset): void {
  const present = new Set(labels).size;
  if (present >= 2 && length >= 2 * present) return;
  throw new CnnError('invalid-file', {
    where: name,
    expected: 'images of at least two classes, two or more each',
    received: `${length} ${length === 1 ? 'image' : 'images'} of ${present} ${present === 1 ? `class (${classNames[labels[0] ?? 0] ?? 'none'})` : 'classes'}`,
    remedy: 'Add images of another class: a network learns to tell classes apart',
  });
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`;
}
