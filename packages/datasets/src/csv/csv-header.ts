import { CnnError } from '@cnn/core';

/** A first row, taken apart. */
export interface HeaderRow {
  readonly fields: readonly string[];
  /** Offset of the row behind a byte order mark. */
  readonly start: number;
  /** Offset of the next row. */
  readonly next: number;
  /** Lines that the row spans: quoted names may contain newlines. */
  readonly lines: number;
}

/** Splits a row of possibly quoted fields (RFC 4180). */
export function parseHeader(bytes: Uint8Array, offset: number): HeaderRow {
  const start = offset + (bytes[offset] === 0xef && bytes[offset + 1] === 0xbb && bytes[offset + 2] === 0xbf ? 3 : 0);
  let quoted = false;
  let lines = 1;
  let end = start;
  for (; end < bytes.length; end++) {
    const byte = bytes[end]!;
    if (byte === 34) quoted = !quoted;
    if (byte !== 10) continue;
    if (!quoted) break;
    lines++;
  }
  const text = new TextDecoder().decode(bytes.subarray(start, end));
  const fields: string[] = [];
  let field = '';
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"' && inside && text[i + 1] === '"') field += text[++i];
    else if (character === '"') inside = !inside;
    else if (character === ',' && !inside) {
      fields.push(field.trim());
      field = '';
    } else field += character;
  }
  fields.push(field.trim());
  return { fields, start, next: Math.min(end + 1, bytes.length), lines };
}

/** Finds the label's column, and whether the first row holds names; by its label alone, when all else are numbers. */
export function csvField(
  fields: readonly string[],
  options: { header: boolean | 'auto'; labelColumn: string | number; where: string },
): { labelIndex: number; isHeader: boolean; byLabelAlone?: boolean } {
  const { header, labelColumn, where } = options;
  if (typeof labelColumn === 'string') {
    const labelIndex = header === false ? -1 : fields.indexOf(labelColumn);
    if (labelIndex >= 0) return { labelIndex, isHeader: true };
    const names = fields.length > 12 ? [...fields.slice(0, 6), '…', ...fields.slice(-2)] : fields;
    throw new CnnError('invalid-file', {
      where,
      expected: `a column named '${labelColumn}' for the labels`,
      received: `the columns ${names.join(', ')}`,
      remedy: 'Pass labelColumn as one of these names, or as a position from 0',
    });
  }
  const labelIndex = labelColumn < 0 ? fields.length + labelColumn : labelColumn;
  if (!Number.isInteger(labelIndex) || labelIndex < 0 || labelIndex >= fields.length || fields.length < 2) {
    throw new CnnError('invalid-file', {
      where,
      expected: `comma-separated fields, with the label at position ${labelColumn}`,
      received: `${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`,
      remedy: 'Pass a CSV file of a label and pixels a row, and labelColumn as a position from 0',
    });
  }
  if (header !== 'auto') return { labelIndex, isHeader: header };
  const words = fields.filter((field) => !isNumber(field)).length;
  const mostlyWords = words > fields.length / 2;
  const named = !isNumber(fields[labelIndex]!);
  return { labelIndex, isHeader: named || mostlyWords, byLabelAlone: named && !mostlyWords };
}

function isNumber(text: string): boolean {
  return text !== '' && Number.isFinite(Number(text));
}
