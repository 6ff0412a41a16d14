import type { GivenFile } from '../../session/data/given-file.ts';

/** More files than this are not even listed. */
const LIST_LIMIT = 25_000;

/** What was dropped: entries of the file system, or files where a program dropped them. */
export type Dropped = FileSystemEntry | File;

/** Only while the event lasts: afterwards the list is empty. */
export function droppedItems(items: DataTransferItemList): Dropped[] {
  return [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((dropped) => dropped !== null);
}

/** All files of a drop, folders searched, each with its path. Hidden files are left out. */
export async function filesOf(dropped: readonly Dropped[]): Promise<GivenFile[]> {
  const files: GivenFile[] = [];
  for (const item of dropped) {
    if (item instanceof File) files.push({ file: item, path: item.name });
    else await collect(item, files);
  }
  return files;
}

/** The files of an `<input type="file">`, with their paths where a folder was chosen. */
export function chosenFiles(list: FileList | null): GivenFile[] {
  return [...(list ?? [])]
    .filter(({ name }) => !name.startsWith('.'))
    .map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

async function collect(entry: FileSystemEntry, files: GivenFile[]): Promise<void> {
  if (entry.name.startsWith('.') || files.length >= LIST_LIMIT) return;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    files.push({ file, path: entry.fullPath.replace(/^\//, '') });
  } else if (isFolder(entry)) {
    const reader = entry.createReader();
    for (let batch = await read(reader); batch.length > 0; batch = await read(reader)) {
      for (const inner of batch) await collect(inner, files);
    }
  }
}

/** A reader gives a hundred entries at a time, and none when it is done. */
function read(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
