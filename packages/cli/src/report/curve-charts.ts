import { formatPercent } from '../terminal/format-number.ts';
import { type ChartPoint, type ChartSeries, lineChart, tickText } from './line-chart.ts';
import { html, type Markup } from './markup.ts';
import type { LoggedEvents } from './run-events.ts';

/** Loss above this many times its least is shown on a logarithmic axis. */
const LOGARITHMIC_FROM = 12;

/** Charts of loss, accuracy and, where it changes, the learning rate, over the epochs. */
export function curveCharts({ steps, epochs }: LoggedEvents): Markup | null {
  if (steps.length === 0 && epochs.length === 0) return null;
  const position = positionOfStep({ steps, epochs });
  const each = (value: (epoch: LoggedEvents['epochs'][number]) => number | null | undefined): ChartPoint[] =>
    epochs.flatMap((epoch) => {
      const y = value(epoch);
      return typeof y === 'number' ? [{ x: epoch.epoch, y }] : [];
    });
  const every = (key: 'loss' | 'lr'): ChartPoint[] =>
    steps.flatMap((event) => {
      const y = event[key];
      return y === null ? [] : [{ x: position(event.step), y }];
    });

  const loss: ChartSeries[] = [
    { name: 'Batch', points: every('loss'), colour: 1, faint: true },
    { name: 'Training', points: each(({ train }) => train.loss), colour: 1 },
    { name: 'Validation', points: each(({ validation }) => validation?.loss), colour: 2 },
  ];
  const accuracy: ChartSeries[] = [
    { name: 'Training', points: each(({ train }) => train.accuracy), colour: 1 },
    { name: 'Validation', points: each(({ validation }) => validation?.accuracy), colour: 2 },
  ];
  const rates: ChartSeries[] = [{ name: 'Learning rate', points: every('lr'), colour: 3 }];
  const values = loss.flatMap(({ points }) => points.map(({ y }) => y)).filter((value) => value > 0);
  const logY = Math.max(...values) > LOGARITHMIC_FROM * Math.min(...values);
  const rateChanges = new Set(rates[0]?.points.map(({ y }) => y)).size > 1;
  return html`<div class="charts">
${figure(`Loss${logY ? ', logarithmic' : ''}`, loss, { formatY: tickText, logY })}
${figure('Accuracy', accuracy, { formatY: (value) => `${tickText(100 * value)}\u202f%`, include: [1] })}
${rateChanges && figure('Learning rate', rates, { formatY: tickText })}
</div>`;
}

function figure(
  title: string,
  given: readonly ChartSeries[],
  options: { formatY: (value: number) => string; include?: readonly number[]; logY?: boolean },
): Markup | null {
  const series = given.filter(({ points }) => points.length > 0);
  if (series.length === 0) return null;
  return html`<figure class="card">
<figcaption>${title}</figcaption>
${lineChart({ ...options, series, xLabel: 'epoch', fromX: 0, wholeX: true, description: described(title, series) })}
${
  series.length > 1 &&
  html`<ul class="legend">${series.map(
    ({ name, colour, faint = false, points }) =>
      html`<li><span class="key c${colour}${faint ? ' faint' : ''}"></span>${name}${!faint && html` <b>${lastValue(title, points)}</b>`}</li>`,
  )}</ul>`
}
</figure>`;
}

function described(title: string, series: readonly ChartSeries[]): string {
  const parts = series
    .filter(({ faint }) => !faint)
    .map(({ name, points }) => `${name} from ${firstValue(title, points)} to ${lastValue(title, points)}`);
  return `${title} over the epochs. ${parts.join('. ')}.`;
}

function firstValue(title: string, points: readonly ChartPoint[]): string {
  return shown(title, points[0]);
}

function lastValue(title: string, points: readonly ChartPoint[]): string {
  return shown(title, points.at(-1));
}

function shown(title: string, point: ChartPoint | undefined): string {
  if (!point) return '';
  return title === 'Accuracy' ? formatPercent(point.y) : tickText(point.y);
}

/** Where a step lies among the epochs: 1.5 is the middle of the second. Steps behind the last epoch go on at its pace. */
function positionOfStep({ steps, epochs }: LoggedEvents): (step: number) => number {
  const ends = [0, ...epochs.map(({ step }) => step)];
  const lastStep = steps.at(-1)?.step ?? 0;
  const pace = ends.length > 1 ? ends[1]! : Math.max(1, lastStep);
  return (step) => {
    const next = ends.findIndex((end) => end >= step);
    if (next < 0) return epochs.length + (step - ends.at(-1)!) / pace;
    if (next === 0) return 0;
    return next - 1 + (step - ends[next - 1]!) / (ends[next]! - ends[next - 1]!);
  };
}
