import type { LayerSpec } from '@cnn/models';
import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { LayerKindFacts } from '../../session/network-plan.ts';

const chosen = signal('conv2d');

/** What a new layer starts with, where an option must be given. */
const PRESETS: Readonly<Record<string, LayerSpec>> = {
  conv2d: { name: 'conv2d', outChannels: 16, kernelSize: 3 },
  'conv-transpose2d': { name: 'conv-transpose2d', outChannels: 16, kernelSize: 2, stride: 2 },
  'max-pool2d': { name: 'max-pool2d', kernelSize: 2 },
  'avg-pool2d': { name: 'avg-pool2d', kernelSize: 2 },
  'adaptive-avg-pool2d': { name: 'adaptive-avg-pool2d', outputSize: 1 },
  linear: { name: 'linear', outFeatures: 64 },
  'group-norm': { name: 'group-norm', numGroups: 4 },
  dropout: { name: 'dropout', p: 0.2 },
};

/** Chooses a layer to add at the end of the features or of the network. */
export function AddLayer({
  kinds,
  onAdd,
}: {
  kinds: readonly LayerKindFacts[];
  onAdd: (layer: LayerSpec) => void;
}): JSX.Element {
  return (
    <div class="row add-layer">
      <label class="field">
        <span>New layer</span>
        <select value={chosen.value} onChange={(event) => (chosen.value = event.currentTarget.value)}>
          {kinds.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={() => onAdd(PRESETS[chosen.value] ?? chosen.value)}>
        Add layer
      </button>
    </div>
  );
}
