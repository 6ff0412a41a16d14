import { gzipSync } from 'node:zlib';
import { syntheticDigits } from '@cnn/datasets';

/** A file to give to the page. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** A pair of gzipped IDX files with drawn digits of the first `classes` digits. */
export function idxPair(
  name: string,
  { count, split = 'train', classes = 10 }: { count: number; split?: 'train' | 'test'; classes?: number },
): TestFile[] {
  const { pixels, labels } = syntheticDigits({ count: (count * 10) / classes, split });
  const chosen = [...labels.keys()].filter((i) => labels[i]! < classes);
  const images = Buffer.concat(chosen.map((i) => Buffer.from(pixels.subarray(i * 784, (i + 1) * 784))));
  return [
    file(`${name}-images-idx3-ubyte.gz`, gzipSync(idx(images, chosen.length, 28, 28))),
    file(`${name}-labels-idx1-ubyte.gz`, gzipSync(idx(Buffer.from(chosen.map((i) => labels[i]!)), chosen.length))),
  ];
}

export function file(name: string, buffer: Buffer): TestFile {
  return { name, mimeType: '', buffer };
}

function idx(values: Buffer, ...shape: number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x0800 + shape.length, 0);
  shape.forEach((side, i) => {
    header.writeUInt32BE(side, 4 + 4 * i);
  });
  return Buffer.concat([header, values]);
}
