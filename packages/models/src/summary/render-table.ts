/** A column of a text table. */
export interface Column<Row> {
  readonly heading: string;
  readonly cell: (row: Row) => string;
  /** Text in the line under the rows. */
  readonly total?: string;
  readonly align?: 'left' | 'right';
  /** Cut where the table would be too wide: columns with 1 first, then those with 2. */
  readonly shrinks?: 1 | 2;
  /** Where it is cut: at its start or, by default, at its end. */
  readonly cut?: 'start' | 'end';
}

/** How a table is laid out. */
export interface RenderTableOptions<Row> {
  /** Columns of the terminal. */
  readonly width: number;
  /** A last column, which becomes a line under each row where it does not fit beside them; broken at `; ` if need be. */
  readonly detail: { readonly heading: string; readonly cell: (row: Row) => string };
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const GAP = '  ';
const SHORTEST = 8;

/** The lines of a table with a heading, rules and a line of totals. */
export function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, detail, dim, bold }: RenderTableOptions<Row>,
): string[] {
  const natural = columns.map(({ heading, cell, total = '' }) =>
    Math.max(heading.length, total.length, ...rows.map((row) => cell(row).length)),
  );
  const details = rows.map(detail.cell);
  const detailWidth = Math.max(detail.heading.length, ...details.map((text) => text.length));
  const beside = lineWidth([...natural, detailWidth]) <= width;
  const widths = beside ? natural : shrunk(natural, columns, width);
  const line = (texts: readonly string[]) => ` ${texts.map((text, i) => fit(text, widths[i]!, columns[i]!)).join(GAP)}`;
  const withDetail = (text: string, more: string) => (beside && more ? text + GAP + dim(more) : text.trimEnd());
  const rule = dim(` ${'─'.repeat(lineWidth(beside ? [...widths, detailWidth] : widths) - 1)}`);

  const body = rows.flatMap((row, i) => {
    const text = withDetail(line(columns.map(({ cell }) => cell(row))), details[i]!);
    return beside ? [text] : [text, ...linesUnder(details[i]!, widths[0]!, width).map(dim)];
  });
  const heading = bold(line(columns.map((column) => column.heading)).trimEnd());
  return [
    rule,
    beside ? bold(line(columns.map((column) => column.heading)) + GAP + detail.heading) : heading,
    rule,
    ...body,
    rule,
    bold(line(columns.map(({ total = '' }) => total)).trimEnd()),
    rule,
  ];
}

/** Width of a line: a space, then the columns with gaps. */
function lineWidth(widths: readonly number[]): number {
  return 1 + widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);
}

function shrunk<Row>(natural: readonly number[], columns: readonly Column<Row>[], width: number): number[] {
  const widths = [...natural];
  for (const turn of [1, 2]) {
    for (const [i, column] of columns.entries()) {
      const excess = Math.max(0, lineWidth(widths) - width);
      if (column.shrinks === turn) widths[i] = Math.max(Math.min(widths[i]!, SHORTEST), widths[i]! - excess);
    }
  }
  return widths;
}

/** Under the second column where the text fits there, else as far left as it must, its parts one below the other. */
function linesUnder(text: string, first: number, width: number): string[] {
  if (text === '') return [];
  const parts = text.length + 2 <= width ? [text] : text.split('; ');
  const longest = Math.max(...parts.map((part) => part.length));
  const indent = Math.max(2, Math.min(1 + first + GAP.length, width - longest));
  return parts.map((part) => ' '.repeat(indent) + part);
}

function fit<Row>(text: string, width: number, { align = 'left', cut = 'end' }: Column<Row>): string {
  const part = cut === 'start' ? `…${text.slice(text.length - width + 1)}` : `${text.slice(0, width - 1)}…`;
  const shown = text.length > width ? part : text;
  return align === 'left' ? shown.padEnd(width) : shown.padStart(width);
}
