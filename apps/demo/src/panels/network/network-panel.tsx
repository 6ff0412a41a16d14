import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { followData } from '../../state/data-store.ts';
import {
  chooseNetwork,
  differs,
  discardDraft,
  draft,
  editLayers,
  followNetwork,
  isList,
  kinds,
  plan,
  useDraft,
  waits,
} from '../../state/network-store.ts';
import { AddLayer } from './add-layer.tsx';
import { BranchedNetwork } from './branched-network.tsx';
import { nameOf, withLayer, withLayerMoved, withOption, withoutLayer } from './edit-layers.ts';
import { SIZE_FORMULA } from './formula-text.ts';
import { type LayerActions, LayerRow } from './layer-row.tsx';
import { SeenRegionView } from './seen-region-view.tsx';
import { ZOO_NETWORKS } from './zoo-layers.ts';
import '../../styles/network.css';

/** The network: one of the zoo, or layers of one's own, with every size and its formula. */
export function NetworkPanel(): JSX.Element {
  useEffect(() => {
    followNetwork();
    followData(); // an image to show on what a unit sees
  }, []);
  const { name, layers } = draft.value;
  const own = name === 'sequential';
  const listed = isList.value;
  const planned = plan.value;
  const counts = planned?.layers ?? [];
  const most = {
    parameters: Math.max(1, ...counts.map(({ parameters }) => parameters)),
    multiplyAdds: Math.max(1, ...counts.map(({ multiplyAdds }) => multiplyAdds)),
  };
  const list = useRef<HTMLOListElement>(null);
  /** The focus stays with what a person works on: rows are places, and the layer has left its own. */
  const focus = (selector: string): void => {
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(selector)?.focus());
  };
  const actions: LayerActions = {
    move: (from, to) => {
      editLayers(withLayerMoved(layers, from, to));
      const direction = to < from ? 'up' : 'down';
      const atEnd = to === 0 || to === layers.length - 1;
      focus(`li:nth-child(${to + 1}) [data-move${atEnd ? '' : `="${direction}"`}]:not([disabled])`);
    },
    remove: (index) => editLayers(withoutLayer(layers, index)),
    set: (index, option, value) => editLayers(withOption(layers, index, { option, value })),
  };
  return (
    <section class="panel network" aria-labelledby="network">
      <h2 id="network">Network</h2>
      <p>
        An image enters at the top; each layer makes of it what the next one sees. A window of k pixels that moves by s
        over n pixels with padding p and dilation d gives <code class="formula-itself">{SIZE_FORMULA}</code>.
      </p>
      <div class="row">
        <label class="field">
          <span>Network</span>
          <select value={name} onChange={(event) => chooseNetwork(event.currentTarget.value)}>
            {ZOO_NETWORKS.map(({ name: zoo, title }) => (
              <option key={zoo} value={zoo}>
                {title}
              </option>
            ))}
            {own && <option value="sequential">Your own</option>}
            {!listed && <option value={name}>{name}</option>}
          </select>
        </label>
        {!own && listed && (
          <button
            type="button"
            onClick={() => {
              editLayers(layers);
              focus('input');
            }}
          >
            Edit a copy
          </button>
        )}
      </div>
      <Pending />
      {listed ? (
        <div class="network-body">
          <div>
            <ol ref={list} class="layers" aria-label="Layers">
              {layers.map((layer, index) => (
                <LayerRow
                  key={index}
                  layer={layer}
                  index={index}
                  count={layers.length}
                  kind={kinds.value.find((kind) => kind.name === nameOf(layer))}
                  facts={counts[index]}
                  most={most}
                  problem={planned?.problem?.layer === index ? planned.problem.message : undefined}
                  actions={own ? actions : undefined}
                />
              ))}
            </ol>
            {own && layers.length === 0 && (
              <p class="problem-text" role="alert">
                A network needs at least one layer: add one.
              </p>
            )}
            {own && (
              <AddLayer
                kinds={kinds.value}
                onAdd={(layer) => editLayers(withLayer(layers, placeOf(layer, layers), layer))}
              />
            )}
            {planned && (
              <p class="totals" aria-live="polite">
                {planned.problem
                  ? 'The network stays as it was until this is put right.'
                  : `In all ${planned.total.parameters.toLocaleString('en')} parameters, and ${planned.total.multiplyAdds.toLocaleString('en')} multiply-adds for one image.`}
              </p>
            )}
          </div>
          <SeenRegionView layers={counts} />
        </div>
      ) : (
        <BranchedNetwork name={name} />
      )}
    </section>
  );
}

/** Asks before a run that has trained gives way to a new one. */
function Pending(): JSX.Element | null {
  if (!differs.value) return null;
  return (
    <section class="pending" aria-label="Changes that are not in the run yet">
      <p>
        {waits.value
          ? 'The run goes on with the network that it has. Training this one begins a new run; the curve of the old one stays.'
          : 'This is not the network of the run.'}
      </p>
      <button type="button" class="primary" disabled={!waits.value} onClick={useDraft}>
        Train this network
      </button>
      <button type="button" onClick={discardDraft}>
        Discard the changes
      </button>
    </section>
  );
}

/** A layer of images goes before flatten, any other before the last layer. */
function placeOf(layer: Parameters<typeof nameOf>[0], layers: readonly Parameters<typeof nameOf>[0][]): number {
  const flatten = layers.findIndex((other) => nameOf(other) === 'flatten');
  const ofImages = /2d$|group-norm/.test(nameOf(layer));
  if (ofImages && flatten >= 0) return flatten;
  return nameOf(layers.at(-1) ?? 'none') === 'linear' ? layers.length - 1 : layers.length;
}
