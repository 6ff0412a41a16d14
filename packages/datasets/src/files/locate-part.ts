import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueEntry } from '../catalogue/catalogue.ts';

/** Where to look for the files of a data set. */
export interface SearchOptions {
  /** Data folder, where downloads go as well. */
  readonly root?: string;
  /** Further data folders, after `root` and before `$CNN_DATA_DIR`. */
  readonly searchPaths?: readonly string[];
}

/** A file on disk that holds a part: the part itself, plain or gzipped, or an archive with the part in it. */
export interface LocatedPart {
  readonly path: string;
  /** The part within the archive; absent when the file is the part. */
  readonly member?: string;
}

/** The data folders in the order in which they are searched. */
function dataFolders({ root, searchPaths = [] }: SearchOptions): string[] {
  const environment = process.env.CNN_DATA_DIR;
  return [...new Set([...(root ? [root] : []), ...searchPaths, ...(environment ? [environment] : [])])];
}

/** Every place in which `locatePart` looks below the data folders. */
export function placesOf(entry: CatalogueEntry, options: SearchOptions): string[] {
  return dataFolders(options).flatMap((folder) => [...entry.folders.map((below) => join(folder, below)), folder]);
}

/** Finds a part: plain, gzipped, or within an archive; `undefined` when it is nowhere. */
export function locatePart(entry: CatalogueEntry, file: string, options: SearchOptions): LocatedPart | undefined {
  const archive = entry.archives.find(({ parts }) => parts.length > 1 && parts.includes(file));
  for (const place of placesOf(entry, options)) {
    for (const candidate of [file, `${file}.gz`]) {
      const path = join(place, candidate);
      if (existsSync(path)) return { path };
    }
    if (archive && existsSync(join(place, archive.file))) return { path: join(place, archive.file), member: file };
  }
  return undefined;
}
