import { CnnError } from '@cnn/core';
import { csvField, parseHeader } from './csv-header.ts';
import { LabelNames } from './label-names.ts';

/** How a CSV file of images is laid out. */
export interface CsvLayout {
  /** Name of the file in errors. */
  readonly file: string;
  /** Whether the first row holds column names. `auto`: it does when its label is no number, or most of its fields. */
  readonly header: boolean | 'auto';
  /** Column of the class index: its name in the header, or its position from 0, or from the end when negative. */
  readonly labelColumn: string | number;
  /** Labels must lie below this. */
  readonly classCount: number;
  /** Names that labels may have; without them any name is a class. */
  readonly classNames?: readonly string[] | undefined;
  /** Rows after which reading stops. */
  readonly limit: number;
}

const COMMA = 44;
const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const ZERO = 48;
const NINE = 57;
const MAX_ROW_BYTES = 4 * 2 ** 20;

/**
 * Reads numeric rows from chunks of bytes, straight into bytes: one pass, no string a field but for labels that are
 * names. Call `push` for each chunk and `finish` at the end.
 */
export class CsvRows {
  readonly #layout: CsvLayout;
  #carry: Uint8Array = new Uint8Array(0);
  #line = 0;
  #started = false;
  #columns = 0;
  #labelIndex = 0;
  #names: readonly string[] = [];
  #values: Uint8Array = new Uint8Array(2 ** 16);
  #labels: Int32Array = new Int32Array(256);
  #count = 0;
  readonly #labelNames: LabelNames;
  #headerByLabelAlone = false;

  constructor(layout: CsvLayout) {
    this.#layout = layout;
    this.#labelNames = new LabelNames(layout.classNames);
  }

  /** Rows read so far. */
  get count(): number {
    return this.#count;
  }

  /** True once `limit` rows are read: the rest of the file is not needed. */
  get full(): boolean {
    return this.#count >= this.#layout.limit;
  }

  /** @throws CnnError `invalid-file`, with file, line and column. */
  push(chunk: Uint8Array): void {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end === 0) {
      this.#carry = joined(this.#carry, chunk);
      this.#checkCarry();
      return;
    }
    // Only the row that spans two chunks is copied.
    const first = this.#started ? chunk.indexOf(NEWLINE) + 1 : end; // quoted names of a header may have newlines
    this.#rows(joined(this.#carry, chunk.subarray(0, first)));
    this.#rows(chunk.subarray(first, end));
    this.#carry = chunk.slice(end);
    this.#checkCarry();
  }

  /**
   * The rows: pixels `[N, columns - 1]` and labels `[N]`; the names of the classes where the labels are names of their own.
   *
   * @throws CnnError `invalid-file` when there is no row, or some labels are names and some are numbers.
   */
  finish(): { pixels: Uint8Array; labels: Int32Array; columns: number; classNames: readonly string[] | undefined } {
    if (this.#carry.length > 0) this.#rows(joined(this.#carry, Uint8Array.of(NEWLINE)));
    if (this.#count === 0) {
      throw new CnnError('invalid-file', {
        where: this.#layout.file,
        expected: 'at least one row of a label and pixels',
        received: this.#started ? 'a header alone' : 'an empty file',
        remedy: 'Pass a CSV file that has one image a row',
      });
    }
    const columns = this.#columns - 1;
    const labels = this.#labels.slice(0, this.#count);
    if (!this.#layout.classNames) this.#checkNames();
    return {
      pixels: this.#values.slice(0, this.#count * columns),
      labels,
      columns,
      classNames: this.#labelNames.sorted(labels),
    };
  }

  /** @param bytes Whole rows, the last of which ends with a newline too. */
  #rows(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length && !this.full) {
      this.#line++;
      if (!this.#started) {
        at = this.#firstRow(bytes, at);
        continue;
      }
      at = this.#row(bytes, at);
    }
  }

  /** Learns the number of columns; reads the row again as data when it is no header. */
  #firstRow(bytes: Uint8Array, start: number): number {
    const { header, labelColumn, file } = this.#layout;
    const parsed = parseHeader(bytes, start);
    if (parsed.fields.length === 1 && parsed.fields[0]!.trim() === '') return parsed.next;
    this.#started = true;
    this.#columns = parsed.fields.length;
    const where = `${file}:${this.#line}:1`;
    const { labelIndex, isHeader, byLabelAlone = false } = csvField(parsed.fields, { header, labelColumn, where });
    this.#labelIndex = labelIndex;
    const isData = byLabelAlone && this.#labelNames.isKnown(parsed.fields[labelIndex]!);
    this.#headerByLabelAlone = byLabelAlone;
    if (isHeader && !isData) {
      this.#names = parsed.fields;
      this.#line += parsed.lines - 1;
      return parsed.next;
    }
    return this.#row(bytes, parsed.start);
  }

  #row(bytes: Uint8Array, start: number): number {
    let at = start;
    if (bytes[at] === NEWLINE || (bytes[at] === RETURN && bytes[at + 1] === NEWLINE)) {
      return at + (bytes[at] === NEWLINE ? 1 : 2);
    }
    this.#grow();
    const columns = this.#columns;
    const labelIndex = this.#labelIndex;
    const values = this.#values;
    let out = this.#count * (columns - 1);
    let column = 0;
    for (;;) {
      const fieldStart = at;
      let value = 0;
      let byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        value = value * 10 + byte - ZERO;
        byte = bytes[++at]!;
      }
      if ((byte !== COMMA && byte !== NEWLINE) || at === fieldStart) {
        ({ value, at } = this.#carefulField(bytes, fieldStart, column, start));
        byte = bytes[at]!;
      }
      if (column >= columns) throw this.#ragged(rowFields(bytes, start), start, fieldStart);
      if (column === labelIndex) {
        if (value >= this.#layout.classCount) throw this.#badLabel(value, start, fieldStart);
        this.#labels[this.#count] = value;
      } else {
        if (value > 255) throw this.#badValue(String(value), column, start, fieldStart);
        values[out++] = value;
      }
      column++;
      at++;
      if (byte === COMMA) continue;
      break;
    }
    if (column !== columns) throw this.#ragged(column, start, at - 1);
    this.#count++;
    return at;
  }

  /** A field that is not plain digits: spaces, quotes, a fraction of zero, a return before the newline, or an error. */
  #carefulField(bytes: Uint8Array, start: number, column: number, rowStart: number): { value: number; at: number } {
    let end = start;
    while (bytes[end] !== COMMA && bytes[end] !== NEWLINE) end++;
    let text = new TextDecoder().decode(bytes.subarray(start, end)).trim();
    if (text.charCodeAt(0) === QUOTE && text.length > 1 && text.charCodeAt(text.length - 1) === QUOTE) {
      text = text.slice(1, -1).trim();
    }
    if (!/^\d+(\.0*)?$/.test(text)) {
      if (column >= this.#columns) throw this.#ragged(rowFields(bytes, rowStart), rowStart, start);
      const index = column === this.#labelIndex ? this.#labelNames.indexOf(text) : undefined;
      if (index !== undefined) return { value: index, at: end };
      throw this.#badValue(text, column, rowStart, start);
    }
    return { value: Number(text), at: end };
  }

  #grow(): void {
    const needed = (this.#count + 1) * (this.#columns - 1);
    if (needed > this.#values.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#values.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    if (this.#count >= this.#labels.length) {
      const larger = new Int32Array(2 * this.#labels.length);
      larger.set(this.#labels);
      this.#labels = larger;
    }
  }

  /** @throws CnnError `invalid-file` where it cannot be told which of the labels are classes. */
  #checkNames(): void {
    const { count } = this.#labelNames;
    if (count === 0) return;
    if (count < this.#count) {
      const received = `${count} names and ${this.#count - count} numbers`;
      const remedy = 'Write all labels in one way, or name the classes with classNames';
      throw new CnnError('invalid-file', {
        where: this.#layout.file,
        expected: 'labels that are all names or all class indices',
        received,
        remedy,
      });
    }
    if (!this.#headerByLabelAlone) return;
    throw new CnnError('invalid-file', {
      where: `${this.#layout.file}:1:1`,
      expected: 'to know whether the first row is data, since labels are names',
      received: 'a row that may be either',
      remedy: 'Pass header: true or header: false, or name the classes with classNames',
    });
  }

  #checkCarry(): void {
    if (this.#carry.length <= MAX_ROW_BYTES) return;
    throw this.#error(
      1,
      'rows of at most 4 MiB',
      `${this.#carry.length} bytes without a newline`,
      'Pass a text file of comma-separated numbers',
      1,
    );
  }

  #ragged(received: number, rowStart: number, at: number): CnnError {
    const remedy = `Give every row as many fields as the first${received > this.#columns ? '' : ', or fetch a file that was cut short again'}`;
    return this.#error(at - rowStart + 1, `${this.#columns} fields, as the first row has`, String(received), remedy);
  }

  #badValue(text: string, column: number, rowStart: number, at: number): CnnError {
    const name = this.#names[column];
    const label = column === this.#labelIndex;
    const field = `field ${column + 1}${name === undefined ? '' : ` (${name})`}`;
    const shown = text === '' ? 'nothing' : `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
    const { classNames, classCount } = this.#layout;
    const names = classNames && classNames.length <= 20 ? `, or one of ${classNames.join(', ')},` : '';
    const expected = label ? `a class index 0..${classCount - 1}${names}` : 'a whole number 0..255';
    const hint = this.#line === 1 ? ', or pass header: true when the first row holds column names' : '';
    return this.#error(at - rowStart + 1, `${expected} in ${field}`, shown, `Correct the value${hint}`);
  }

  #badLabel(value: number, rowStart: number, at: number): CnnError {
    return this.#error(
      at - rowStart + 1,
      `a class index 0..${this.#layout.classCount - 1} in field ${this.#labelIndex + 1}`,
      String(value),
      'Correct the label, name more classes, or choose the label column with labelColumn',
    );
  }

  #error(column: number, expected: string, received: string, remedy: string, lineOffset = 0): CnnError {
    const where = `${this.#layout.file}:${this.#line + lineOffset}:${column}`;
    return new CnnError('invalid-file', { where, expected, received, remedy });
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  if (head.length === 0) return tail;
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}

function rowFields(bytes: Uint8Array, start: number): number {
  let fields = 1;
  for (let at = start; bytes[at] !== NEWLINE; at++) if (bytes[at] === COMMA) fields++;
  return fields;
}
