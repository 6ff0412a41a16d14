import { existsSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { tinyDataset } from '../../test/tiny-dataset.ts';
import { writeFiles } from '../../test/write-files.ts';
import { openCsv } from './open-csv.ts';
import { openIdx } from './open-idx.ts';
import { writeCsv } from './write-csv.ts';

test('what was written is read back, plain and gzipped', async () => {
  const folder = await temporaryFolder();
  const path = join(folder, 'tiny.csv');
  const dataset = tinyDataset(40);
  await writeCsv(dataset, path);
  await writeFiles(folder, { 'tiny.csv.gz': gzipSync(await readFile(path)) });
  for (const file of [path, `${path}.gz`]) {
    const back = await openCsv(file, { classNames: dataset.classNames, name: 'tiny' });
    expect(back.pixels).toEqual(dataset.pixels);
    expect(Array.from(back.labels)).toEqual(Array.from(dataset.labels));
  }
});

test('errors name the file', async () => {
  const folder = await temporaryFolder();
  await writeFiles(folder, { 'bad.csv': 'label,a\n1,2\n1,x\n' });
  await expect(openCsv(join(folder, 'bad.csv'))).rejects.toThrow(`${join(folder, 'bad.csv')}:3:3: expected`);
  await expect(openCsv(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'missing-file' });
  await expect(openCsv(folder)).rejects.toMatchObject({ code: 'io' });
  await expect(openIdx({ images: join(folder, 'a'), labels: join(folder, 'b') })).rejects.toMatchObject({
    code: 'missing-file',
  });
});

test('a place that cannot be written is an io error, and no file is left', async () => {
  await expect(writeCsv(tinyDataset(1), '/nowhere/at/all.csv')).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining('/nowhere/at/all.csv: expected a file that can be written, received ENOENT.'),
  });
});

test.skipIf(!existsSync('/dev/full'))('a full disk is named, and no file is left', async () => {
  const folder = await temporaryFolder();
  await symlink('/dev/full', join(folder, 'all.csv.part')); // every write to it fails with ENOSPC
  await expect(writeCsv(tinyDataset(3), join(folder, 'all.csv'))).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining('received a full disk (ENOSPC). Free some space'),
  });
  expect(await readdir(folder)).toEqual([]);
});
