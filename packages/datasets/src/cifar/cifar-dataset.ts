import { CnnError } from '@cnn/core';
import type { NamedBytes } from '../bytes/byte-source.ts';
import { joinChunks } from '../bytes/chunks.ts';
import { type MemoryDataset, memoryDataset } from '../memory/memory-dataset.ts';

const SIDE = 32;
const CHANNELS = 3;
const PLANE = SIDE * SIDE;
const RECORD_BYTES = 1 + CHANNELS * PLANE;

/**
 * Reads files of CIFAR-10's binary version: records of 3,073 bytes, a label and then the red, green and blue planes of
 * 32 × 32. The planes are interleaved to HWC once.
 *
 * @throws CnnError `invalid-file` when a file does not hold whole records, or a label lies outside the classes.
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 */
export function cifarDataset(
  files: readonly NamedBytes[],
  options: { readonly name?: string; readonly classNames: readonly string[] },
): MemoryDataset {
  for (const file of files) checkRecords(file);
  const records = joinChunks(files.map(({ bytes }) => bytes));
  const count = records.byteLength / RECORD_BYTES;
  const pixels = new Uint8Array(count * CHANNELS * PLANE);
  const labels = new Uint8Array(count);
  let out = 0;
  for (let record = 0; record < count; record++) {
    const start = record * RECORD_BYTES;
    labels[record] = records[start]!;
    for (let pixel = start + 1; pixel <= start + PLANE; pixel++) {
      pixels[out++] = records[pixel]!;
      pixels[out++] = records[pixel + PLANE]!;
      pixels[out++] = records[pixel + 2 * PLANE]!;
    }
  }
  checkLabels(files, labels, options.classNames.length);
  return memoryDataset({ ...options, pixels, labels, shape: [SIDE, SIDE, CHANNELS] });
}

function checkRecords({ file, bytes }: NamedBytes): void {
  if (bytes.byteLength > 0 && bytes.byteLength % RECORD_BYTES === 0) return;
  throw new CnnError('invalid-file', {
    where: file,
    expected: `whole records of ${RECORD_BYTES} bytes (a label and 3 × 32 × 32 values)`,
    received: `${bytes.byteLength} bytes, ${bytes.byteLength % RECORD_BYTES} beyond ${Math.floor(bytes.byteLength / RECORD_BYTES)} records`,
    remedy: 'The file is cut short or not the binary version of CIFAR-10: fetch it again',
  });
}

function checkLabels(files: readonly NamedBytes[], labels: Uint8Array, classes: number): void {
  const position = labels.findIndex((label) => label >= classes);
  if (position < 0) return;
  let record = position;
  const file = files.find(({ bytes }) => {
    const count = bytes.byteLength / RECORD_BYTES;
    if (record < count) return true;
    record -= count;
    return false;
  });
  throw new CnnError('invalid-file', {
    where: `${file?.file ?? 'CIFAR-10'}, record ${record}`,
    expected: `a class index 0..${classes - 1}`,
    received: String(labels[position]),
    remedy: 'The file is damaged or not the binary version of CIFAR-10: fetch it again',
  });
}
