import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { TestReport } from '../../session/test-predictions.ts';
import { mistakesView, showMistakes } from '../../state/mistakes-store.ts';
import { neighbourCell } from './neighbour-cell.ts';

/** The matrix, as counts or as shares of each row. */
export interface ConfusionTableProps {
  readonly report: TestReport;
  readonly as: 'counts' | 'shares';
}

/** Rows are the truth, columns what the network said. Each cell opens its images; arrow keys go from cell to cell. */
export function ConfusionTable({ report, as }: ConfusionTableProps): JSX.Element {
  const { classNames, counts } = report.matrix;
  const table = useRef<HTMLTableElement>(null);
  const focus = useSignal<readonly [number, number]>([0, 0]);
  const view = mistakesView.value;

  const press = (event: KeyboardEvent): void => {
    const next = neighbourCell(focus.value, event.key, classNames.length);
    if (!next) return;
    event.preventDefault();
    focus.value = next;
    table.current?.querySelector<HTMLButtonElement>(`[data-cell="${next.join()}"]`)?.focus();
  };
  return (
    <div class="confusion">
      <table ref={table} onKeyDown={press}>
        <caption class="visually-hidden">Confusion matrix: rows are the truth, columns the predictions</caption>
        <thead>
          <tr>
            <td />
            {classNames.map((name) => (
              <th key={name} scope="col" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => (
            <tr key={classNames[truth]}>
              <th scope="row" title={classNames[truth]}>
                {classNames[truth]}
              </th>
              {row.map((count, predicted) => {
                const share = report.shares[truth]![predicted]!;
                const isOpen = view !== 'worst' && view.truth === truth && view.predicted === predicted;
                const isFocused = focus.value[0] === truth && focus.value[1] === predicted;
                return (
                  <td key={classNames[predicted]}>
                    <button
                      type="button"
                      class={truth === predicted ? 'right' : 'wrong'}
                      style={{ '--strength': Math.sqrt(share) }}
                      data-cell={`${truth},${predicted}`}
                      tabIndex={isFocused ? 0 : -1}
                      aria-pressed={isOpen}
                      aria-label={cellLabel(classNames[truth]!, classNames[predicted]!, count, share)}
                      onFocus={() => {
                        focus.value = [truth, predicted];
                      }}
                      onClick={() => showMistakes({ truth, predicted })}
                    >
                      {count === 0 ? '·' : as === 'counts' ? count : Math.round(100 * share)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellLabel(truth: string, predicted: string, count: number, share: number): string {
  const what = truth === predicted ? `${truth} recognised` : `${truth} taken for ${predicted}`;
  return `${what}: ${count}, ${(100 * share).toFixed(1)} %`;
}
