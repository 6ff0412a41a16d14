import { type ConfusionMatrix, mostConfusedPairs, perClassTable } from '@cnn/metrics';
import { formatCount, formatPercent } from '../terminal/format-number.ts';
import { html, type Markup } from './markup.ts';

/** Precision, recall and F1 of each class. */
export function perClassSection(matrix: ConfusionMatrix): Markup {
  const rows = perClassTable(matrix);
  const bar = (value: number): Markup =>
    html`<td class="number"><span class="bar" style="--share:${(100 * value).toFixed(1)}%"></span>${formatPercent(value)}</td>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Classes"><table>
<thead><tr><th scope="col">Class</th><th scope="col" class="number">Precision</th><th scope="col" class="number">Recall</th><th scope="col" class="number">F1</th><th scope="col" class="number">Images</th></tr></thead>
<tbody>${rows.map(
    ({ className, precision, recall, f1, support }) =>
      html`<tr><th scope="row">${className}</th>${[precision, recall, f1].map(bar)}<td class="number">${formatCount(support)}</td></tr>`,
  )}</tbody>
</table></div>`;
}

/** The pairs of classes that were taken for one another most often. */
export function confusedPairsSection(matrix: ConfusionMatrix): Markup {
  const pairs = mostConfusedPairs(matrix, { limit: 12 });
  if (pairs.length === 0) return html`<p>No image was taken for another class.</p>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Most confused pairs"><table>
<thead><tr><th scope="col">It is</th><th scope="col">Taken for</th><th scope="col" class="number">Images</th><th scope="col" class="number">Of its class</th></tr></thead>
<tbody>${pairs.map(
    ({ truth, predicted, count, share }) =>
      html`<tr><th scope="row">${truth}</th><td>${predicted}</td><td class="number">${formatCount(count)}</td><td class="number">${formatPercent(share)}</td></tr>`,
  )}</tbody>
</table></div>`;
}
