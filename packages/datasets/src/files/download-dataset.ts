import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CnnError } from '@cnn/core';
import { catalogueEntry, type Split } from '../catalogue/catalogue.ts';
import { archivesOf, checkArchive } from '../catalogue/check-archive.ts';
import type { DownloadOptions } from '../download/download-progress.ts';
import { downloadFile } from './download-file.ts';
import { unwritable } from './unwritable.ts';

/** What to download, and where to. */
export interface DownloadDatasetOptions extends DownloadOptions {
  /** Data folder; the files go into a folder of the data set's name below it. */
  readonly root: string;
  /** Default: both splits. */
  readonly split?: Split;
}

/**
 * Downloads the files of a data set that are not there yet, or not whole: from its mirrors in turn, taking up what an
 * earlier attempt left, each checked before it gets its name.
 *
 * @returns Paths of the archives.
 * @throws CnnError `invalid-argument` when there is nothing to download, `network`, `checksum-mismatch`, `aborted`,
 * `io`.
 */
export async function downloadDataset(name: string, options: DownloadDatasetOptions): Promise<string[]> {
  const entry = catalogueEntry(name);
  const folder = join(options.root, entry.folders[0] ?? '');
  const archives = archivesOf(entry, options.split);
  if (archives.length === 0) {
    throw new CnnError('invalid-argument', {
      where: 'data download',
      expected: 'a data set that is published as files',
      received: `${name}, which is generated`,
      remedy: 'Use it by name; nothing needs to be downloaded',
    });
  }
  const paths: string[] = [];
  for (const archive of archives) {
    const path = join(folder, archive.file);
    const check = async (file: string): Promise<void> => checkArchive(entry, archive, await readFile(file), file);
    const present = await check(path).then(
      () => true,
      () => false,
    );
    paths.push(path);
    if (present) continue;
    await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
      throw unwritable(folder, cause);
    });
    const urls = [...(options.mirrors ?? []), ...entry.mirrors].map((mirror) => `${mirror}${archive.file}`);
    await downloadFile({ ...options, file: archive.file, urls, path, check });
  }
  return paths;
}
