import { formatCount, formatSeconds } from '../terminal/format-number.ts';
import { formatMeasure } from '../terminal/measure-lines.ts';
import { html, type Markup } from './markup.ts';
import type { RunReport } from './run-report.ts';

/** What came of the run, in large figures: the test first. */
export function resultTiles({ summary }: Pick<RunReport, 'summary'>): Markup {
  const { test, best, parameters, epochs, steps, seconds, imagesPerSecond, backend, threads } = summary;
  const measures = Object.entries(test ?? {}).sort(([a], [b]) => rank(a) - rank(b));
  const tiles = [
    ...measures.map(([name, value]) => tile(`Test ${name}`, formatMeasure(name, value))),
    best && tile(`Best ${best.metric}`, formatMeasure(best.metric, best.value), `epoch ${best.epoch}`),
    tile('Parameters', formatCount(parameters)),
    tile('Time', formatSeconds(seconds), `${counted(epochs, 'epoch')}, ${counted(steps, 'step')}`),
    imagesPerSecond > 0 && tile('Images a second', formatCount(Math.round(imagesPerSecond)), 'in training'),
    tile('Backend', backend, threads > 0 ? counted(threads, 'thread') : ''),
  ];
  return html`<dl class="tiles">${tiles}</dl>`;
}

function tile(title: string, value: string, detail = ''): Markup {
  return html`<div class="tile"><dt>${title}</dt><dd>${value}${detail && html`<small>${detail}</small>`}</dd></div>`;
}

/** Accuracy is what people look for. */
function rank(name: string): number {
  return name === 'accuracy' ? 0 : name === 'loss' ? 2 : 1;
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
