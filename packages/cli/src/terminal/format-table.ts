export interface TableColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** A table of text as lines: columns padded to their widest cell, two spaces apart, a rule below the titles. */
export function formatTable(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string[] {
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, i) =>
        align === 'right' ? (cells[i] ?? '').padStart(widths[i]!) : (cells[i] ?? '').padEnd(widths[i]!),
      )
      .join('  ')
      .trimEnd();
  const titles = columns.map(({ title }) => title);
  return [line(titles), widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)];
}
