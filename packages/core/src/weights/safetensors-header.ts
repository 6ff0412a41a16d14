import { CnnError } from '../errors/cnn-error.ts';
import { SAFETENSORS_DTYPE_NAMES, type SafetensorsDtype, safetensorsDtype } from './safetensors-dtype.ts';

/** Bytes before the header: its length as an unsigned 64-bit little-endian number. */
export const SAFETENSORS_PREFIX_BYTES = 8;
/** The largest header that is read, as in the format's own library. */
const SAFETENSORS_MAX_HEADER_BYTES = 100_000_000;

/** Where one tensor lies in the data that follows the header. */
export interface SafetensorsEntry {
  /** The tensor's name, PyTorch's path of the parameter. */
  readonly name: string;
  /** Type of the elements as the file names it: `F32`, `BF16`, `I64`, … */
  readonly dtype: SafetensorsDtype;
  /** Length of each axis. */
  readonly shape: readonly number[];
  /** Product of the shape. */
  readonly elementCount: number;
  /** Offset of its first byte from the start of the data. */
  readonly begin: number;
  /** First byte behind the tensor, counted as `begin` is. */
  readonly end: number;
}

/** A checked header: its tensors cover the data without gap or overlap. */
export interface SafetensorsHeader {
  /** In the header's order. */
  readonly entries: readonly SafetensorsEntry[];
  /** What the file says of itself, texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Offset of the data from the start of the file. */
  readonly dataStart: number;
}

/**
 * Reads and checks the header of a safetensors file. Nothing is allocated before its claimed length is checked against
 * the file's. Where `bytes` is only the file's beginning, `fileSize` says how many bytes the whole has; `where` is named in
 * errors, for example the path.
 *
 * @param bytes The file, or at least its beginning up to the end of the header.
 * @throws CnnError `invalid-file` naming what is wrong; `unsupported` for a dtype that has no place here.
 * @see https://huggingface.co/docs/safetensors
 */
export function parseSafetensorsHeader(
  bytes: Uint8Array,
  { fileSize = bytes.length, where = 'safetensors' }: { fileSize?: number; where?: string } = {},
): SafetensorsHeader {
  const dataStart = SAFETENSORS_PREFIX_BYTES + headerLength(bytes, fileSize, where);
  const header = parseJson(bytes.subarray(SAFETENSORS_PREFIX_BYTES, dataStart), where);
  const { __metadata__: metadata = {}, ...tensors } = header;
  const entries = Object.entries(tensors).map(([name, value]) => parseEntry(name, value, where));
  checkCoverage(entries, fileSize - dataStart, where);
  return { entries, metadata: parseMetadata(metadata, where), dataStart };
}

function headerLength(bytes: Uint8Array, fileSize: number, where: string): number {
  if (bytes.length < SAFETENSORS_PREFIX_BYTES) {
    throw invalid(where, 'at least 8 bytes', `${bytes.length}`, 'The file is truncated or empty: get it again');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  const room = Math.min(fileSize, bytes.length) - SAFETENSORS_PREFIX_BYTES;
  const limit = Math.min(room, SAFETENSORS_MAX_HEADER_BYTES);
  if (length <= BigInt(limit)) return Number(length);
  throw invalid(
    where,
    `a header of at most ${limit} bytes`,
    `a claimed length of ${length}`,
    'The file is truncated, or no safetensors file',
  );
}

function parseJson(bytes: Uint8Array, where: string): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.slice(0, 120) : String(cause);
    throw invalid(where, 'a header of JSON in UTF-8', reason, 'The file is damaged, or no safetensors file', cause);
  }
  if (isRecord(header)) return header;
  throw invalid(where, 'a header that is a JSON object', brief(header), 'The file is no safetensors file');
}

function parseEntry(name: string, value: unknown, where: string): SafetensorsEntry {
  const at = `${where}: tensor ${brief(name)}`;
  const { dtype: dtypeName, shape, data_offsets: offsets } = isRecord(value) ? value : {};
  if (typeof dtypeName !== 'string') throw damaged(at, 'a dtype', brief(dtypeName));
  if (!isCounts(shape)) throw damaged(at, 'a shape of non-negative integers', brief(shape));
  if (!isCounts(offsets) || offsets.length !== 2) throw damaged(at, 'two data_offsets', brief(offsets));
  const dtype = safetensorsDtype(dtypeName);
  if (!dtype) {
    throw new CnnError('unsupported', {
      where: at,
      expected: `a dtype of ${SAFETENSORS_DTYPE_NAMES}`,
      received: brief(dtypeName),
      remedy: 'Convert the tensor to one of them, for example to F32',
    });
  }
  const [begin, end] = offsets as [number, number];
  const elementCount = shape.reduce((product, side) => product * side, 1);
  if (end - begin !== elementCount * dtype.bytesPerElement) {
    const expected = `${elementCount * dtype.bytesPerElement} bytes for ${dtypeName} [${brief(shape.join(', '))}]`;
    throw damaged(at, expected, `data_offsets [${begin}, ${end}]`);
  }
  return { name, dtype, shape, elementCount, begin, end };
}

/** Each byte of the data belongs to exactly one tensor. */
function checkCoverage(entries: readonly SafetensorsEntry[], dataBytes: number, where: string): void {
  let position = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    const at = `${where}: tensor ${brief(name)}`;
    if (end > dataBytes) throw damaged(at, `offsets within ${dataBytes} bytes of data`, `[${begin}, ${end}]`);
    if (begin < position) throw damaged(at, `to begin at ${position}`, `${begin}, overlapping the tensor before it`);
    if (begin > position) throw damaged(at, `to begin at ${position}`, `${begin}, leaving a gap`);
    position = end;
  }
  if (position !== dataBytes) throw damaged(where, `${position} bytes of data`, `${dataBytes}`);
}

function parseMetadata(metadata: unknown, where: string): Record<string, string> {
  if (isRecord(metadata) && Object.values(metadata).every((value) => typeof value === 'string')) {
    return metadata as Record<string, string>;
  }
  throw damaged(where, '__metadata__ of strings', brief(metadata));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

/** As JSON, cut short: names and values of a hostile file may be long. */
function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function damaged(where: string, expected: string, received: string): CnnError {
  return invalid(where, expected, received, 'The file is damaged: get or write it again');
}

function invalid(where: string, expected: string, received: string, remedy: string, cause?: unknown): CnnError {
  return new CnnError('invalid-file', { where, expected, received, remedy }, { cause });
}
