import type { JSX } from 'preact';
import { network } from '../../state/network-card-store.ts';
import { formulaText } from './formula-text.ts';

/** A network that is no plain list of layers, such as a residual one: shown, not edited. */
export function BranchedNetwork({ name }: { name: string }): JSX.Element {
  const layers = network.value?.layers ?? [];
  return (
    <>
      <p class="branched">
        <b>{name}</b> is no plain list: some layers see the sum of two others, the short cuts that make deep networks
        learn. It trains, and <a href="#at-inside">Inside</a> shows what each layer makes of an image; to edit layers,
        choose another network.
      </p>
      <ol class="layers" aria-label="Layers, in the order in which they compute">
        {layers.map(({ call, path, kind, outputShape, formula }) => (
          <li key={call} class="layer">
            <div class="layer-head">
              <span class="layer-name">
                <b>{path || kind}</b>
                <span class="given">{kind}</span>
              </span>
              <span class="shape">{outputShape.join(' × ')}</span>
            </div>
            {formula && <p class="formula">{formulaText(formula)}</p>}
          </li>
        ))}
      </ol>
    </>
  );
}
