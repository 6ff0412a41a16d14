import { html, type Markup } from './markup.ts';
import type { ShownMistake } from './run-report.ts';

/** The mistakes of which the model was surest, as pictures. */
export function mistakeGallery(mistakes: readonly ShownMistake[]): Markup {
  if (mistakes.length === 0) return html`<p>There are none.</p>`;
  return html`<ul class="gallery">${mistakes.map(
    ({ index, truth, predicted, probability, picture }) => html`<li>
${
  picture &&
  html`<img src="${picture.url}" width="${picture.width}" height="${picture.height}" alt="Image ${index}: ${truth}, taken for ${predicted}">`
}
<span class="verdict"><b>${truth}</b> <span aria-hidden="true">→</span><span class="hidden"> taken for </span> <b class="wrong-text">${predicted}</b></span>
<span class="small">${(100 * probability).toFixed(1)}\u202f% sure · no. ${index}</span>
</li>`,
  )}</ul>`;
}
