export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly { readonly name: string; readonly points: readonly { x: number; y: number }[] }[];
  /** Position on the horizontal axis that is marked. */
  readonly mark?: number | null;
}

const WIDTH = 640;
const HEIGHT = 360;
const MARGIN = { left: 56, right: 16, top: 36, bottom: 44 };
const COLOURS = ['#94a3b8', '#2563eb', '#d97706', '#059669', '#dc2626', '#7c3aed'];

/** A line chart as an SVG file that stands by itself. */
export function lineChartSvg({ title, xLabel, yLabel, series, mark = null }: LineChart): string {
  const all = series.flatMap(({ points }) => points);
  const [xLow, xHigh] = extent(all.map(({ x }) => x));
  const [yLow, yHigh] = extent(all.map(({ y }) => y));
  const x = (value: number) => MARGIN.left + ((value - xLow) / (xHigh - xLow)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - ((value - yLow) / (yHigh - yLow)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const bottom = HEIGHT - MARGIN.bottom;
  const lines = series.map(({ points }, index) => {
    const path = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`);
    return `<path d="${path.join('')}" fill="none" stroke="${colour(index)}" stroke-width="1.5"/>`;
  });
  const legend = series.map(
    ({ name }, index) =>
      `<text x="${WIDTH - MARGIN.right}" y="${MARGIN.top + 14 * index}" text-anchor="end" fill="${colour(index)}">${escaped(name)}</text>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const [atX, atY] = [xLow + share * (xHigh - xLow), yLow + share * (yHigh - yLow)];
    return [
      `<text x="${x(atX).toFixed(1)}" y="${bottom + 16}" text-anchor="middle">${label(atX)}</text>`,
      `<text x="${MARGIN.left - 6}" y="${(y(atY) + 4).toFixed(1)}" text-anchor="end">${label(atY)}</text>`,
      `<path d="M${MARGIN.left} ${y(atY).toFixed(1)}H${WIDTH - MARGIN.right}" stroke="#e2e8f0"/>`,
    ];
  });
  const marked =
    mark === null
      ? []
      : [`<path d="M${x(mark).toFixed(1)} ${MARGIN.top}V${bottom}" stroke="#dc2626" stroke-dasharray="4 3"/>`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="11" fill="#334155">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${MARGIN.left}" y="20" font-size="14" font-weight="600">${escaped(title)}</text>`,
    ...ticks,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 8}" text-anchor="middle">${escaped(xLabel)}</text>`,
    `<text transform="translate(12 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">${escaped(yLabel)}</text>`,
    ...marked,
    ...lines,
    ...legend,
    '</svg>\n',
  ].join('\n');
}

function extent(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return low < high ? [low, high] : [low - 0.5, low + 0.5];
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length]!;
}

function label(value: number): string {
  return Number(value.toPrecision(3)).toString();
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
