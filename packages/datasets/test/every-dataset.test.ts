import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import {
  cachedDataset,
  cifarDataset,
  concat,
  csvDataset,
  idxDataset,
  limit,
  resize,
  splitDataset,
  subset,
  syntheticDigits,
  transformedDataset,
} from '../src/index.ts';
import { openImageFolder } from '../src/node.ts';
import { datasetConformance } from './dataset-conformance.ts';
import { idxBytes } from './idx-bytes.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { tinyDataset } from './tiny-dataset.ts';

datasetConformance('memoryDataset', () => tinyDataset(7));
datasetConformance('subset', () => subset(tinyDataset(7), [6, 0, 6]));
datasetConformance('limit', () => limit(tinyDataset(7), 4));
datasetConformance('splitDataset', () => splitDataset(tinyDataset(7), 3, { seed: 0 }).validation);
datasetConformance('concat', () => concat([tinyDataset(2), tinyDataset(3)]));
datasetConformance('cachedDataset', () => cachedDataset(tinyDataset(5), { maxBytes: 10 }));
datasetConformance('transformedDataset', () => transformedDataset(tinyDataset(3), [resize({ size: 5 })]));
datasetConformance('syntheticDigits', () => syntheticDigits({ count: 12 }));
datasetConformance('idxDataset', () => idxDataset({ images: idxBytes([3, 2, 5]), labels: idxBytes([3], [0, 1, 0]) }));
datasetConformance('csvDataset', () => csvDataset(new TextEncoder().encode('0,1,2,3,4\n1,5,6,7,8\n')));
datasetConformance('cifarDataset', () =>
  cifarDataset([{ file: 'a', bytes: new Uint8Array(3073 * 2) }], { classNames: ['only'] }),
);
datasetConformance('openImageFolder', async () => {
  const root = await temporaryFolder();
  for (const [name, side] of [
    ['cat', 3],
    ['dog', 4],
  ] as const) {
    await mkdir(join(root, name));
    const data = new Uint8Array(side * side * 3).fill(side);
    await writeFile(join(root, name, '0.png'), encode({ width: side, height: side, channels: 3, data }));
  }
  return openImageFolder(root, { decoder: 'pure' });
});
