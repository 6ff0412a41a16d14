import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
  /** Offered while one types. */
  readonly choices: readonly number[];
  /** When it takes effect, or why it cannot. */
  readonly hint: string;
  readonly disabled?: boolean;
  /** What there is to do about it where it cannot be set. */
  readonly action?: { readonly label: string; run(): void } | null;
  readonly onChange: (value: number) => void;
}

/** A number to type or to choose; what makes no sense is said at once and changes nothing. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const {
    label,
    value,
    least,
    most = Number.POSITIVE_INFINITY,
    whole = false,
    choices,
    hint,
    disabled = false,
    action = null,
  } = props;
  const id = useId();
  const problem = useSignal<string | null>(null);
  const take = (text: string): void => {
    const wanted = Number(text);
    const legal = text.trim() !== '' && wanted >= least && wanted <= most && (!whole || Number.isInteger(wanted));
    problem.value = legal ? null : `${whole ? 'a whole number' : 'a number'} ${limits(least, most)}`;
    if (legal && wanted !== value) props.onChange(wanted);
  };
  return (
    <div class="number-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autocomplete="off"
        list={`${id}-choices`}
        value={String(value)}
        disabled={disabled}
        aria-invalid={problem.value !== null}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      <datalist id={`${id}-choices`}>
        {choices.map((choice) => (
          <option key={choice} value={String(choice)} />
        ))}
      </datalist>
      <small id={`${id}-hint`} class={`hint-line${problem.value === null ? '' : ' problem-text'}`}>
        {problem.value ?? hint}
      </small>
      {action && (
        <button type="button" class="link" onClick={() => action.run()}>
          {action.label}
        </button>
      )}
    </div>
  );
}

function limits(least: number, most: number): string {
  return Number.isFinite(most) ? `from ${least} to ${most}` : `of at least ${least}`;
}
