import { invalidWeightsFile } from './invalid-weights-file.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Reads little-endian values one after another and refuses to read past the end. */
export class ByteCursor {
  readonly where: string;
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  #offset: number;

  constructor(bytes: Uint8Array, where: string, offset = 0) {
    this.bytes = bytes;
    this.where = where;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  get offset(): number {
    return this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  i32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8), true);
  }

  /** A length or position of 64 bits. */
  size(): number {
    const value = this.u64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw invalidWeightsFile(this.where, 'a length below 2^53', `${value} at byte ${this.#offset - 8}`);
    }
    return Number(value);
  }

  /** Big-endian, as pickle writes floats. */
  f64BigEndian(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** A view of the next `length` bytes; nothing is copied. */
  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.bytes.subarray(start, start + length);
  }

  utf8(length: number): string {
    const start = this.#offset;
    const bytes = this.take(length);
    try {
      return UTF8.decode(bytes);
    } catch (cause) {
      throw invalidWeightsFile(this.where, 'UTF-8 text', `other bytes at byte ${start}`, { cause });
    }
  }

  /** Text up to a line feed, which is skipped. */
  line(maxLength = 1000): string {
    const end = this.bytes.subarray(0, this.#offset + maxLength).indexOf(0x0a, this.#offset);
    if (end < 0) throw invalidWeightsFile(this.where, 'a line of text', `none at byte ${this.#offset}`);
    const text = this.utf8(end - this.#offset);
    this.#advance(1);
    return text;
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (length > this.bytes.length - start) {
      throw invalidWeightsFile(
        this.where,
        `${length} more bytes at byte ${start}`,
        `the end after ${this.bytes.length - start}`,
        { remedy: 'The file was cut short: download or save it again' },
      );
    }
    this.#offset = start + length;
    return start;
  }
}
