import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { coalesced } from '../../state/coalesced.ts';
import { theme } from '../../state/theme-store.ts';
import type { ChartColumns } from './loss-series.ts';
import { pageColours } from './page-colours.ts';

/** How a curve is drawn. */
export interface Curve {
  readonly label: string;
  /** A custom property of the page, such as `--cool`. */
  readonly colour: string;
  readonly width?: number;
  readonly opacity?: number;
  /** With a dot at each value: for few of them. */
  readonly dots?: boolean;
  readonly dash?: readonly number[];
}

export interface LineChartProps {
  readonly title: string;
  readonly height: number;
  readonly curves: readonly Curve[];
  /** What is drawn. It is computed when it is drawn, not with every change. */
  readonly data: ReadonlySignal<ChartColumns>;
  /** Changes when the data do. */
  readonly follows: ReadonlySignal<unknown>;
  readonly logarithmic?: boolean;
  /** Limits of the values that are always shown. */
  readonly range?: readonly [number, number] | undefined;
}

/** Curves that move more often than this are no easier to read. */
const REDRAW_MS = 250;

/** Curves over steps or epochs, drawn by uPlot in the page's colours: in a task of its own, while they are on the screen. */
export function LineChart(props: LineChartProps): JSX.Element {
  const { title, height, curves, data, follows, logarithmic = false, range } = props;
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const shownTheme = theme.value;
  const make = JSON.stringify([curves, logarithmic, shownTheme]);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    // Where there is room, the style sheet gives more of it.
    const tall = (): number =>
      Number.parseFloat(getComputedStyle(element).getPropertyValue('--chart-height')) || height;
    const resizing = new ResizeObserver(() => {
      const [made, size] = [chart.current, { width: element.clientWidth, height: tall() }];
      if (made && (made.width !== size.width || made.height !== size.height)) made.setSize(size);
    });
    // Making it and drawing it are tasks of their own: two charts at once are more than a frame's work.
    let next = setTimeout(() => {
      const options = { element, height: tall(), curves, logarithmic, range };
      const made = new uPlot(chartOptions(options), [[], ...curves.map(() => [])], element);
      chart.current = made;
      resizing.observe(element);
      next = setTimeout(() => made.setData(aligned(data.peek())));
    });
    return () => {
      clearTimeout(next);
      resizing.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [make]);
  const isSeen = useRef(false);
  const redraw = useMemo(() => {
    const draw = async (): Promise<void> => {
      const columns = data.peek();
      if (isSeen.current && columns.columns.length + 1 === chart.current?.series.length) {
        chart.current.setData(aligned(columns));
      }
    };
    return coalesced(draw, { everyMs: REDRAW_MS });
  }, [data]);
  useEffect(() => {
    const watching = new IntersectionObserver((entries) => {
      isSeen.current = entries.at(-1)?.isIntersecting ?? false;
      if (isSeen.current) redraw.request();
    });
    if (host.current) watching.observe(host.current);
    return () => {
      watching.disconnect();
      redraw.cancel();
    };
  }, [redraw]);
  useSignalEffect(() => {
    void follows.value;
    if (isSeen.current) redraw.request();
  });
  return <div ref={host} class="chart" role="img" aria-label={title} style={{ minHeight: `${height}px` }} />;
}

/** Steps and epochs are counted: no axis has halves. */
const WHOLE_STEPS = [1, 10, 100, 1000, 10_000, 100_000].flatMap((ten) => [ten, 2 * ten, 5 * ten]);

function aligned({ x, columns }: ChartColumns): uPlot.AlignedData {
  return [[...x], ...columns.map((column) => [...column])];
}

interface ChartSettings extends Pick<LineChartProps, 'height' | 'curves' | 'range'> {
  readonly element: HTMLElement;
  readonly logarithmic: boolean;
}

function chartOptions({ element, height, curves, logarithmic, range }: ChartSettings): uPlot.Options {
  const colours = pageColours(element, ['--quiet', '--line', ...curves.map(({ colour }) => colour)]);
  const [quiet, line] = [colours.get('--quiet')!, colours.get('--line')!];
  const axis = {
    stroke: quiet,
    font: '11px system-ui',
    grid: { stroke: line, width: 1 },
    ticks: { stroke: line, width: 1, size: 4 },
    gap: 3,
  };
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, y: false },
    scales: {
      x: { time: false },
      y: logarithmic ? { distr: 3 } : range ? { range: (_chart, low, high) => widened(range, low, high) } : {},
    },
    axes: [
      { ...axis, size: 24, incrs: WHOLE_STEPS },
      { ...axis, size: 44, space: 28 },
    ],
    series: [
      {},
      ...curves.map(({ label, colour, width = 2, opacity = 1, dots = false, dash }) => ({
        label,
        stroke: colours.get(colour)!,
        width,
        alpha: opacity,
        spanGaps: dots,
        points: { show: dots, size: 6, fill: colours.get(colour)! },
        ...(dash ? { dash: [...dash] } : {}),
      })),
    ],
  };
}

function widened([least, most]: readonly [number, number], low: number | null, high: number | null): [number, number] {
  return [Math.min(least, low ?? least), Math.max(most, high ?? most)];
}
