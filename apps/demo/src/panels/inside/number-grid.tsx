import type { JSX } from 'preact';
import { cssColour, DIVERGING, levelOf } from './colour-map.ts';

/** Numbers in rows. */
export interface NumberGridProps {
  readonly title: string;
  readonly columns: number;
  readonly values: readonly number[];
  /** Value that has the full colour; the greatest by default. */
  readonly reach?: number;
  /** Numbers that stand out, by index, with a class. */
  readonly marks?: ReadonlyMap<number, string>;
}

/** Numbers of a window in their places, orange below zero and blue above. */
export function NumberGrid({ title, columns, values, reach, marks }: NumberGridProps): JSX.Element {
  const finite = values.filter(Number.isFinite);
  const most = reach ?? finite.reduce((greatest, value) => Math.max(greatest, Math.abs(value)), 1e-6);
  const rows = Array.from({ length: Math.ceil(values.length / columns) }, (_, row) => row * columns);
  return (
    <figure class="numbers">
      <figcaption>{title}</figcaption>
      <table aria-label={title}>
        <tbody>
          {rows.map((start) => (
            <tr key={start}>
              {values.slice(start, start + columns).map((value, column) => {
                const level = levelOf(value, -most, most);
                const isStrong = Math.abs(level - 127.5) > 90;
                return (
                  <td
                    key={start + column}
                    class={marks?.get(start + column)}
                    style={{ background: cssColour(DIVERGING, level), color: isStrong ? '#fff' : '#111' }}
                  >
                    {written(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function written(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−');
}
