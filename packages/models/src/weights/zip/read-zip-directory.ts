import { ByteCursor } from '../byte-cursor.ts';
import { invalidWeightsFile, unsupportedWeightsFile } from '../invalid-weights-file.ts';
import type { ZipEntry } from './zip-entry.ts';

const END_OF_DIRECTORY = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END_OF_DIRECTORY = 0x06064b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const STORED = 0;
const DEFLATED = 8;
const U16_MAX = 0xffff;
const U32_MAX = 0xffffffff;

/**
 * The entries of a zip archive, checked: each lies within the file and none overlaps another (overlapping entries are
 * how small files expand to petabytes).
 *
 * @throws CnnError `invalid-file` for a damaged or hostile directory, `unsupported` for an encrypted archive.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZipDirectory(bytes: Uint8Array, where: string): Map<string, ZipEntry> {
  const directory = locateDirectory(bytes, where);
  const cursor = new ByteCursor(bytes, where, directory.start);
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < directory.entries; i++) {
    const entry = readEntry(cursor, directory.start);
    if (entries.has(entry.name)) throw invalidWeightsFile(where, 'each name once', `${entry.name} twice`);
    entries.set(entry.name, entry);
  }
  refuseOverlaps(entries, where);
  return entries;
}

function locateDirectory(bytes: Uint8Array, where: string): { start: number; entries: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const earliest = Math.max(0, bytes.length - END_BYTES - U16_MAX);
  for (let end = bytes.length - END_BYTES; end >= earliest; end--) {
    if (view.getUint32(end, true) !== END_OF_DIRECTORY) continue;
    if (end + END_BYTES + view.getUint16(end + 20, true) !== bytes.length) continue;
    const entries = view.getUint16(end + 10, true);
    const start = view.getUint32(end + 16, true);
    const directory = entries === U16_MAX || start === U32_MAX ? locateZip64(bytes, where, end) : { entries, start };
    if (directory.start + directory.entries * ENTRY_BYTES > end) {
      throw invalidWeightsFile(
        where,
        'a zip directory that fits',
        `${directory.entries} entries at ${directory.start}`,
      );
    }
    return directory;
  }
  throw invalidWeightsFile(where, 'a zip archive with its directory at the end', 'none', {
    remedy: 'The file was cut short: download or save it again',
  });
}

function locateZip64(bytes: Uint8Array, where: string, end: number): { start: number; entries: number } {
  const locator = new ByteCursor(bytes, where, Math.max(0, end - 20));
  if (locator.u32() !== ZIP64_LOCATOR) throw invalidWeightsFile(where, 'a zip64 locator', 'none');
  locator.take(4);
  const cursor = new ByteCursor(bytes, where, Math.min(locator.size(), bytes.length));
  if (cursor.u32() !== ZIP64_END_OF_DIRECTORY) throw invalidWeightsFile(where, 'a zip64 directory', 'none');
  cursor.take(28);
  const entries = cursor.size();
  cursor.take(8);
  return { entries, start: cursor.size() };
}

function readEntry(cursor: ByteCursor, directoryStart: number): ZipEntry {
  const { where } = cursor;
  if (cursor.u32() !== DIRECTORY_ENTRY) {
    throw invalidWeightsFile(where, 'a zip directory entry', `other bytes at ${cursor.offset - 4}`);
  }
  cursor.take(4);
  const flags = cursor.u16();
  const method = cursor.u16();
  cursor.take(8);
  const sizes = [cursor.u32(), cursor.u32()];
  const [nameBytes, extraBytes, commentBytes] = [cursor.u16(), cursor.u16(), cursor.u16()];
  cursor.take(8);
  sizes.push(cursor.u32());
  const name = cursor.utf8(nameBytes);
  const [sizeBytes, compressedBytes, headerStart] = widen(
    [sizes[1] ?? 0, sizes[0] ?? 0, sizes[2] ?? 0],
    new ByteCursor(cursor.take(extraBytes), `${where} (${name})`),
  );
  cursor.take(commentBytes);
  if (flags & 1) throw unsupportedWeightsFile(where, 'an open archive', `${name}, encrypted`, 'Decrypt it first');
  if (method !== STORED && method !== DEFLATED) {
    throw unsupportedWeightsFile(where, 'stored or deflated entries', `method ${method} of ${name}`, 'Zip it again');
  }
  const start = dataStart(cursor, headerStart, name);
  if (start + compressedBytes > directoryStart) {
    throw invalidWeightsFile(where, `${name} to end before byte ${directoryStart}`, `${start + compressedBytes}`, {
      remedy: 'The file was cut short or tampered with: download or save it again',
    });
  }
  if (method === STORED && compressedBytes !== sizeBytes) {
    throw invalidWeightsFile(where, `one size of ${name}, which is stored`, `${compressedBytes} and ${sizeBytes}`);
  }
  return { name, compressed: method === DEFLATED, start, compressedBytes, sizeBytes };
}

/** Replaces the sizes that are all ones by those of the zip64 extra field, in its order. */
function widen(
  [size, compressed, header]: readonly [number, number, number],
  extra: ByteCursor,
): [number, number, number] {
  const wide = [size, compressed, header];
  while (wide.includes(U32_MAX) && extra.bytes.length - extra.offset >= 4) {
    const id = extra.u16();
    const field = new ByteCursor(extra.take(extra.u16()), extra.where);
    if (id !== 1) continue;
    return [
      size === U32_MAX ? field.size() : size,
      compressed === U32_MAX ? field.size() : compressed,
      header === U32_MAX ? field.size() : header,
    ];
  }
  return [size, compressed, header];
}

function dataStart({ bytes, where }: ByteCursor, headerStart: number, name: string): number {
  const header = new ByteCursor(bytes, where, Math.min(headerStart, bytes.length));
  if (header.u32() !== LOCAL_HEADER) {
    throw invalidWeightsFile(where, `the header of ${name} at byte ${headerStart}`, 'other bytes');
  }
  header.take(22);
  return header.offset + 4 + header.u16() + header.u16();
}

function refuseOverlaps(entries: ReadonlyMap<string, ZipEntry>, where: string): void {
  const ordered = [...entries.values()].sort((a, b) => a.start - b.start);
  ordered.forEach((entry, i) => {
    const next = ordered[i + 1];
    if (next && entry.start + entry.compressedBytes > next.start) {
      throw invalidWeightsFile(where, 'entries side by side', `${entry.name} and ${next.name}, which overlap`, {
        remedy: 'Do not trust this file: honest archives do not overlap',
      });
    }
  });
}
