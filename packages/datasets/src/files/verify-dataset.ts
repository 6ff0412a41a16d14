import { readFile } from 'node:fs/promises';
import { CnnError } from '@cnn/core';
import { md5 } from '../bytes/md5.ts';
import { tarMember } from '../bytes/tar-member.ts';
import { catalogueEntry } from '../catalogue/catalogue.ts';
import { checkArchive } from '../catalogue/check-archive.ts';
import { locatePart, type SearchOptions } from './locate-part.ts';
import { readFileBytes } from './read-file-bytes.ts';

/** What was found out about one file of a data set. */
export interface FileVerdict {
  /** Name of the file in the catalogue. */
  readonly file: string;
  /** Where it was found; `null` when it is missing. */
  readonly path: string | null;
  /**
   * `ok`: its checksum is the published one. `unchecked`: it can be read, and no checksum of its contents is published.
   * `damaged`: it cannot be read, or has another checksum. `missing`: it is nowhere.
   */
  readonly status: 'ok' | 'unchecked' | 'damaged' | 'missing';
  /** Why, in a sentence. */
  readonly detail: string;
}

/** Checks every file of a data set on disk against its published checksum. Reads them all. */
export async function verifyDataset(name: string, options: SearchOptions = {}): Promise<FileVerdict[]> {
  const entry = catalogueEntry(name);
  const search = { ...options, root: options.root ?? './data' };
  const verdicts: FileVerdict[] = [];
  for (const part of [...entry.parts.train, ...entry.parts.test]) {
    const { file } = part;
    const place = locatePart(entry, file, search);
    if (!place) {
      verdicts.push({ file, path: null, status: 'missing', detail: 'No such file' });
      continue;
    }
    const { path, member } = place;
    try {
      const contents = await readFileBytes(path);
      const bytes = (member === undefined ? contents : tarMember(contents, member)).bytes;
      const archive = entry.archives.find((candidate) => path.endsWith(candidate.file));
      const sum = md5(bytes);
      if (part.md5 !== null) {
        const detail =
          sum === part.md5 ? `Contents have MD5 ${sum}` : `Expected contents of MD5 ${part.md5}, received ${sum}`;
        verdicts.push({ file, path, status: sum === part.md5 ? 'ok' : 'damaged', detail });
      } else if (archive) {
        await checkArchive(entry, archive, await readFile(path), path);
        verdicts.push({ file, path, status: 'ok', detail: `The archive has MD5 ${archive.md5}` });
      } else {
        const detail = `Contents have MD5 ${sum}; no checksum of them is published`;
        verdicts.push({ file, path, status: 'unchecked', detail });
      }
    } catch (error) {
      if (!(error instanceof CnnError)) throw error;
      verdicts.push({ file, path, status: 'damaged', detail: error.message });
    }
  }
  return verdicts;
}
