import type { LayerSummary, ModelSummary } from '@cnn/models';
import { formatCount } from '../terminal/format-number.ts';
import { html, type Markup } from './markup.ts';

/** The layers of the network: shapes in PyTorch's order, parameters, multiply-adds, and the formula behind each size. */
export function layerTable({ model, input, layers, total }: ModelSummary): Markup {
  const frozen = total.parameters - total.trainableParameters;
  return html`<p>${model}, input ${shape(input)}: <b>${formatCount(total.parameters)}</b> parameters${frozen > 0 && ` (${formatCount(frozen)} of them frozen)`}, <b>${formatCount(total.multiplyAdds)}</b> multiply-adds an image.</p>
<div class="scroll" role="region" tabindex="0" aria-label="Layers"><table class="layers">
<thead><tr><th scope="col">Layer</th><th scope="col">Type</th><th scope="col">Output</th><th scope="col" class="number">Parameters</th><th scope="col" class="number">Mult-adds</th><th scope="col" class="number">Sees</th><th scope="col">Output size</th></tr></thead>
<tbody>${layers.map(
    (layer) =>
      html`<tr><th scope="row"><code>${layer.path || layer.type}</code></th><td>${layer.type}</td><td>${layer.outputShape && shape(layer.outputShape.slice(1))}</td><td class="number">${layer.parameters > 0 && formatCount(layer.parameters)}</td><td class="number">${layer.multiplyAdds > 0 && formatCount(layer.multiplyAdds)}</td><td class="number">${layer.receptiveField?.join(' × ')}</td><td>${remark(layer)}</td></tr>`,
  )}</tbody>
</table></div>`;
}

function remark({ formula, called, parameters, trainableParameters }: LayerSummary): string {
  const notes = [
    formula ?? '',
    called ? '' : 'not reached by the forward pass',
    trainableParameters < parameters ? 'frozen' : '',
  ];
  return notes.filter(Boolean).join(', ');
}

function shape(sides: readonly number[]): string {
  return sides.join(' × ');
}
