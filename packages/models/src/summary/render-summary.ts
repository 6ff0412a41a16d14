import type { LayerSummary, ModelSummary } from './model-summary.ts';
import { type Column, renderTable } from './render-table.ts';
import { summaryFootnotes } from './summary-footnotes.ts';

/** How a summary is printed. */
export interface RenderSummaryOptions {
  /** Columns of the terminal. Default 80. The formulas get a column where there is room, else a line of their own. */
  readonly width?: number;
  /** Wraps text that matters less, for example in an escape sequence. Default: as it is. */
  readonly dim?: (text: string) => string;
  /** Wraps headings and totals. Default: as it is. */
  readonly bold?: (text: string) => string;
}

/** The summary as a table in plain text, no line longer than `width` from 72 on for networks of the zoo's size. */
export function renderSummary(summary: ModelSummary, options: RenderSummaryOptions = {}): string {
  const { width = 80, dim = asItIs, bold = asItIs } = options;
  const shape = (sizes: readonly number[]) => `[${['N', ...sizes].join(', ')}]`;
  const columns: Column<LayerSummary>[] = [
    { heading: 'Layer', cell: ({ path, type }) => path || type, total: 'Total', shrinks: 2, cut: 'start' },
    { heading: 'Type', cell: ({ type }) => type, shrinks: 1 },
    { heading: 'Output', cell: ({ outputShape }) => (outputShape ? shape(outputShape.slice(1)) : '') },
    {
      heading: 'Parameters',
      cell: (layer) => count(layer.parameters),
      total: count(summary.total.parameters),
      align: 'right',
    },
    {
      heading: 'Mult-adds',
      cell: (layer) => count(layer.multiplyAdds),
      total: count(summary.total.multiplyAdds),
      align: 'right',
    },
    { heading: 'Rec. field', cell: ({ receptiveField }) => receptiveField?.join('×') ?? '', align: 'right' },
  ];
  const table = renderTable(summary.layers, columns, {
    width,
    detail: { heading: 'Output size', cell: detail },
    dim,
    bold,
  });
  const title = `${bold(summary.model)}  ${dim(`input ${shape(summary.input)}`)}`;
  const footnotes = summaryFootnotes(summary, width).map((line) => ` ${line}`);
  return [` ${title}`, ...table, ...footnotes].join('\n');
}

function detail({ formula, called, parameters, trainableParameters }: LayerSummary): string {
  const notes = [
    formula ?? '',
    called ? '' : 'not reached by the forward pass',
    trainableParameters < parameters ? 'frozen' : '',
  ];
  return notes.filter(Boolean).join(', ');
}

function count(value: number): string {
  return value === 0 ? '' : value.toLocaleString('en-US');
}

function asItIs(text: string): string {
  return text;
}
