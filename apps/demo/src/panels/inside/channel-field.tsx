import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';

/** A channel that is chosen by number. */
export interface ChannelFieldProps {
  readonly label: string;
  /** Channels that there are. */
  readonly count: number;
  readonly chosen: Signal<number | null>;
}

/** A number from 0 to the last channel. */
export function ChannelField({ label, count, chosen }: ChannelFieldProps): JSX.Element {
  return (
    <label class="field">
      {label} (0–{count - 1})
      <input
        type="number"
        min={0}
        max={count - 1}
        value={Math.min(chosen.value ?? 0, count - 1)}
        onInput={({ currentTarget }) => {
          const number = Math.round(Number(currentTarget.value));
          if (Number.isFinite(number)) chosen.value = Math.min(count - 1, Math.max(0, number));
        }}
      />
    </label>
  );
}
