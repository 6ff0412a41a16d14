import type { Config } from '@cnn/cli/config';
import type { JSX } from 'preact';
import { componentName } from '../../session/config-dropout.ts';
import { config, editData } from '../../state/config-store.ts';

type Augmentation = Exclude<Config['callbacks'][number], string>;

/** Those that suit most images; a pasted configuration may have any. */
const OFFERED: readonly { readonly label: string; readonly entry: Augmentation }[] = [
  { label: 'shift', entry: { 'random-affine': { translate: [0.1, 0.1] } } },
  { label: 'turn', entry: { 'random-rotation': { degrees: 12 } } },
  { label: 'erase', entry: { 'random-erasing': { p: 0.3, scale: [0.02, 0.15] } } },
];

/** Augmentations to tick: the network sees each image a little different every time. */
export function AugmentChoice(): JSX.Element {
  const augment = Array.isArray(config.value.data.augment) ? config.value.data.augment : [];
  const names = augment.map((entry) => componentName(entry));
  const toggle = (name: string, entry: Augmentation, wanted: boolean): void => {
    const others = augment.filter((other) => componentName(other) !== name);
    editData({ augment: wanted ? [...others, entry] : others });
  };
  return (
    <fieldset class="augment">
      <legend>Augmentation</legend>
      {OFFERED.map(({ label, entry }) => {
        const [name = ''] = Object.keys(entry);
        return (
          <label key={name}>
            <input
              type="checkbox"
              checked={names.includes(name)}
              onChange={({ currentTarget }) => toggle(name, entry, currentTarget.checked)}
            />
            {label}
          </label>
        );
      })}
      <small class="hint-line">from the next batch</small>
    </fieldset>
  );
}
