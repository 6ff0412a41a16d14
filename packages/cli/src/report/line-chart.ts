import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import { line, type SymbolType, symbol, symbolCircle, symbolDiamond } from 'd3-shape';
import { html, type Markup } from './markup.ts';
import { reducedPoints } from './reduced-points.ts';

/** A point of a curve, in the units of the axes. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number;
}

/** One curve. */
export interface ChartSeries {
  readonly name: string;
  readonly points: readonly ChartPoint[];
  /** Which of the chart's colours it has: 1 training, 2 validation, 3 anything else. */
  readonly colour: 1 | 2 | 3;
  /** Background to the others: thin and faint, without marks. */
  readonly faint?: boolean;
}

export interface LineChart {
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly xLabel: string;
  readonly series: readonly ChartSeries[];
  /** Greatest and least value of the vertical axis that must be seen. */
  readonly include?: readonly number[];
  /** Where the horizontal axis begins at the latest, and whether only whole numbers are written below it. */
  readonly fromX?: number;
  readonly wholeX?: boolean;
  readonly formatY: (value: number) => string;
  readonly formatX?: (value: number) => string;
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Position on the horizontal axis that is marked, and what is there. */
  readonly mark?: { readonly x: number; readonly label: string } | null;
}

const WIDTH = 360;
const HEIGHT = 230;
const MARGIN = { left: 46, right: 10, top: 12, bottom: 34 };
const MARKS: Readonly<Record<number, SymbolType>> = { 1: symbolCircle, 2: symbolDiamond, 3: symbolCircle };
/** More points than this on a curve are averaged: the eye sees no more, and the file stays small. */
const MOST_POINTS = 400;
/** A curve with more points than this has no marks. */
const MOST_MARKS = 40;

/** A line chart as inline SVG; its colours are the CSS variables `--c1` to `--c3`, `--ink`, `--muted` and `--rule`. */
export function lineChart(chart: LineChart): Markup {
  const {
    description,
    xLabel,
    formatY,
    formatX = tickText,
    logX = false,
    logY = false,
    wholeX = false,
    mark = null,
  } = chart;
  const series = chart.series.map((entry) => ({
    ...entry,
    points: reducedPoints(
      entry.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y) && !(logY && y <= 0)),
      MOST_POINTS,
    ),
  }));
  const all = series.flatMap(({ points }) => points);
  const x = scale(
    logX,
    [...all.map((point) => point.x), ...(mark ? [mark.x] : []), ...(chart.fromX === undefined ? [] : [chart.fromX])],
    [MARGIN.left, WIDTH - MARGIN.right],
  );
  const y = scale(
    logY,
    [...all.map((point) => point.y), ...(chart.include ?? [])],
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  );
  if (!logY) y.nice(5);
  const path = line<ChartPoint>(
    (point) => x(point.x),
    (point) => y(point.y),
  ).digits(1);
  const base = HEIGHT - MARGIN.bottom;
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${description}" class="chart">
${ticksOf(y, logY, 5).map(
  (value) =>
    html`<path class="rule" d="M${MARGIN.left} ${y(value).toFixed(1)}H${WIDTH - MARGIN.right}"/><text class="tick" x="${MARGIN.left - 6}" y="${(y(value) + 3.5).toFixed(1)}" text-anchor="end">${formatY(value)}</text>`,
)}
${ticksOf(x, logX, 6)
  .filter((value) => !wholeX || Number.isInteger(value))
  .map(
    (value) =>
      html`<text class="tick" x="${x(value).toFixed(1)}" y="${base + 15}" text-anchor="middle">${formatX(value)}</text>`,
  )}
<text class="tick" x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 3}" text-anchor="middle">${xLabel}</text>
${mark && html`<path class="mark" d="M${x(mark.x).toFixed(1)} ${MARGIN.top}V${base}"/><text class="tick" x="${x(mark.x).toFixed(1)}" y="${MARGIN.top - 3}" text-anchor="middle">${mark.label}</text>`}
${series.map(
  ({ points, colour, faint = false }) =>
    html`<path class="line c${colour}${faint ? ' faint' : ''}" d="${path(points) ?? ''}"/>`,
)}
${series.map(({ name, points, colour, faint = false }) => {
  if (faint || points.length > MOST_MARKS) return null;
  const shape = symbol(MARKS[colour], 26).digits(2)() ?? '';
  return points.map(
    (point) =>
      html`<path class="dot c${colour}" d="${shape}" transform="translate(${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)})"><title>${name}, ${xLabel} ${formatX(point.x)}: ${formatY(point.y)}</title></path>`,
  );
})}
</svg>`;
}

type Scale = ScaleContinuousNumeric<number, number>;

function scale(isLog: boolean, values: readonly number[], range: [number, number]): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const make = isLog ? scaleLog : scaleLinear;
  if (!Number.isFinite(low)) return make([1, 10], range);
  if (low < high) return make(isLog ? [low * 0.9, high * 1.1] : [low, high], range);
  return make(isLog ? [low / 2, low * 2] : [low - 0.5, low + 0.5], range);
}

/** Ticks of a logarithmic axis: powers of ten, and where these are few 2 and 5 between them. */
function ticksOf(axis: Scale, isLog: boolean, count: number): number[] {
  if (!isLog) return axis.ticks(count);
  const [low = 0, high = 1] = axis.domain();
  const decades = Math.log10(high / low);
  const factors = decades > 3 ? [1] : decades > 1.3 ? [1, 3] : [1, 2, 3, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    for (const factor of factors) ticks.push(factor * 10 ** power);
  }
  const inside = ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
  const every = Math.ceil(inside.length / 7);
  return inside.filter((_, index) => index % every === 0);
}

/** A number as short as it can be told: `0.25`, `1e-4`. */
export function tickText(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) {
    return value
      .toExponential(2)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  }
  return String(Number(value.toPrecision(3)));
}
