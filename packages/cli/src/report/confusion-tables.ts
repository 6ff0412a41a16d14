import { type ConfusionMatrix, normalisedConfusion } from '@cnn/metrics';
import { formatCount } from '../terminal/format-number.ts';
import { html, type Markup } from './markup.ts';
import { MOST_CLASSES_OF_A_MATRIX } from './validation-findings.ts';

/** Both confusion matrices of an evaluation: counts, and shares of each true class. */
export function confusionTables(matrix: ConfusionMatrix, title: string): Markup {
  const { classNames, counts } = matrix;
  if (classNames.length > MOST_CLASSES_OF_A_MATRIX) {
    return html`<p>Not shown for ${classNames.length} classes; the counts are in <code>confusion-matrix.json</code>.</p>`;
  }
  const shares = normalisedConfusion(matrix);
  return html`<div class="matrices">
${table(matrix, shares, { title: `${title}: images`, cell: (row, column) => formatCount(counts[row]![column]!) })}
${table(matrix, shares, { title: `${title}: per cent of each true class`, cell: (row, column) => percent(shares[row]![column]!) })}
</div>`;
}

function table(
  { classNames, counts }: ConfusionMatrix,
  shares: readonly (readonly number[])[],
  { title, cell }: { title: string; cell: (row: number, column: number) => string },
): Markup {
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table class="matrix">
<caption>${title} <span class="small">(rows: true class, columns: predicted)</span></caption>
<thead><tr><td></td>${classNames.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${classNames.map(
    (name, row) =>
      html`<tr><th scope="row">${name}</th>${classNames.map((_, column) => {
        const share = shares[row]![column]!;
        const kind = counts[row]![column] === 0 ? 'none' : row === column ? 'right' : 'wrong';
        return html`<td class="${kind}"${kind !== 'none' && html` style="--share:${strength(share, kind)}%"`}>${cell(row, column)}</td>`;
      })}</tr>`,
  )}</tbody>
</table></div>`;
}

/** How strongly a cell is tinted, in per cent. A few mistakes shall be seen, so that small shares count for more. */
function strength(share: number, kind: 'right' | 'wrong'): number {
  return Math.round(100 * (kind === 'right' ? share : share ** 0.4));
}

function percent(share: number): string {
  if (share === 0) return '0';
  return share < 0.001 ? '<0.1' : (100 * share).toFixed(share === 1 ? 0 : 1);
}
