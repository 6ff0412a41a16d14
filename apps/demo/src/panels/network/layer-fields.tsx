import type { LayerOption, LayerSpec } from '@cnn/models';
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from 'preact';
import { optionOf, shownValue, typedValue } from './edit-layers.ts';

/** Options that are always in sight; the others are behind “More”. */
const FIRST: ReadonlySet<string> = new Set([
  'outChannels',
  'kernelSize',
  'stride',
  'padding',
  'outFeatures',
  'outputSize',
  'p',
  'numGroups',
  'negativeSlope',
  'alpha',
]);

export interface LayerFieldsProps {
  readonly layer: LayerSpec;
  readonly index: number;
  readonly options: Readonly<Record<string, LayerOption>>;
  readonly problemId: string | undefined;
  readonly onOption: (option: string, value: ReturnType<typeof typedValue>) => void;
}

/** The options of a layer as fields. What is typed goes on as it is: the library says what is wrong with it. */
export function LayerFields(props: LayerFieldsProps): JSX.Element | null {
  const entries = Object.entries(props.options);
  if (entries.length === 0) return null;
  const [first, more] = [entries.filter(([name]) => FIRST.has(name)), entries.filter(([name]) => !FIRST.has(name))];
  const field = ([name, option]: [string, LayerOption]): JSX.Element => (
    <Field key={name} {...props} name={name} option={option} />
  );
  return (
    <div class="layer-fields">
      {first.map(field)}
      {more.length > 0 && (
        <details>
          <summary>More</summary>
          <div class="layer-fields">{more.map(field)}</div>
        </details>
      )}
    </div>
  );
}

interface FieldProps extends LayerFieldsProps {
  readonly name: string;
  readonly option: LayerOption;
}

function Field({ layer, index, name, option, problemId, onOption }: FieldProps): JSX.Element {
  const value = optionOf(layer, name);
  const title = option.description;
  const label = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  const described = problemId ? { 'aria-describedby': problemId } : {};
  const place = <span class="visually-hidden"> of layer {index + 1}</span>;
  if (option.type === 'flag') {
    const checked = value === undefined || value === null ? option.default === true : value === true;
    return (
      <label class="check" title={title}>
        <input type="checkbox" checked={checked} onChange={(event) => onOption(name, event.currentTarget.checked)} />
        <span>
          {label}
          {place}
        </span>
      </label>
    );
  }
  const preset = option.default ?? (name === 'stride' ? optionOf(layer, 'kernelSize') : undefined);
  const change = (event: TargetedEvent<HTMLInputElement>): void =>
    onOption(name, typedValue(event.currentTarget.value));
  const stepBy = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined;
    const now = value ?? preset;
    if (direction === undefined || typeof now !== 'number' || option.type === 'number') return;
    event.preventDefault();
    onOption(name, Math.max(0, now + direction));
  };
  return (
    <label class="field" title={title}>
      <span>
        {label}
        {place}
      </span>
      <input
        type="text"
        inputMode={option.type === 'number' ? 'decimal' : 'text'}
        autocomplete="off"
        spellcheck={false}
        placeholder={shownValue(preset)}
        value={shownValue(value)}
        onInput={change}
        onKeyDown={stepBy}
        {...described}
      />
    </label>
  );
}
