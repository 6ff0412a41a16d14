export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Left out where the table would be wider than the terminal; the last such column first. */
  readonly optional?: boolean;
}

/** How a table is laid out. */
export interface FormatTableOptions {
  /** Characters of a line; without a limit where it is left out. */
  readonly width?: number | undefined;
}

/** A table of text as lines: columns padded to their widest cell, two spaces apart, a rule below the titles. */
export function formatTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { width = Number.POSITIVE_INFINITY }: FormatTableOptions = {},
): string[] {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const shown = columnsThatFit(columns, widths, width);
  const line = (cells: readonly string[]): string =>
    shown
      .map((i) => {
        const cell = cells[i] ?? '';
        return columns[i]!.align === 'right' ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!);
      })
      .join(GAP)
      .trimEnd();
  const rule = shown.map((i) => '─'.repeat(widths[i]!)).join('─'.repeat(GAP.length));
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)];
}

const GAP = '  ';

/** Positions of the columns that are shown. */
function columnsThatFit(columns: readonly TableColumn[], widths: readonly number[], width: number): number[] {
  const shown = columns.map((_, i) => i);
  const lineWidth = () => shown.reduce((sum, i) => sum + widths[i]! + GAP.length, -GAP.length);
  while (lineWidth() > width) {
    const last = shown.findLastIndex((i) => columns[i]!.optional);
    if (last < 0) return shown;
    shown.splice(last, 1);
  }
  return shown;
}
