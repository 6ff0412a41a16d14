export interface TextPlotOptions {
  readonly width?: number;
  readonly height?: number;
  /** How a value of the vertical axis is written. */
  readonly formatY: (value: number) => string;
  readonly formatX: (value: number) => string;
  /** Position on the horizontal axis that is marked. */
  readonly mark?: number | null;
}

/** A curve in text: one dot a column, the axes' ends written out, lines from top to bottom. `x` must rise. */
export function textPlot(
  points: readonly { readonly x: number; readonly y: number }[],
  { width = 60, height = 12, formatY, formatX, mark = null }: TextPlotOptions,
): string[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [];
  const low = Math.min(...points.map(({ y }) => y));
  const high = Math.max(...points.map(({ y }) => y));
  const column = (x: number) => Math.round(((x - first.x) / (last.x - first.x || 1)) * (width - 1));
  const row = (y: number) => Math.round(((high - y) / (high - low || 1)) * (height - 1));
  const grid = Array.from({ length: height }, () => Array<string>(width).fill(' '));
  if (mark !== null) for (const line of grid) line[column(mark)] = '┊';
  for (const { x, y } of points) grid[row(y)]![column(x)] = '•';
  const labels = [formatY(high), formatY(low)];
  const margin = Math.max(...labels.map((label) => label.length));
  const lines = grid.map((cells, index) => {
    const label = index === 0 ? labels[0]! : index === height - 1 ? labels[1]! : '';
    return `${label.padStart(margin)} ┤${cells.join('')}`.trimEnd();
  });
  const [start, end] = [formatX(first.x), formatX(last.x)];
  return [
    ...lines,
    `${' '.repeat(margin)} └${'─'.repeat(width)}`,
    `${' '.repeat(margin + 2)}${start}${end.padStart(width - start.length)}`,
  ];
}
