import type { JSX } from 'preact';
import type { DataCard } from '../../session/data/data-card.ts';

/** How many images there are of each class, as bars. */
export function ClassCounts({ card: { classNames, train, test } }: { card: DataCard }): JSX.Element {
  const most = Math.max(1, ...train.classCounts, ...test.classCounts);
  const bar = (kind: string, count: number): JSX.Element => (
    <span class={`count-bar ${kind}`} style={{ inlineSize: `${(100 * count) / most}%` }} />
  );
  return (
    <table class="class-counts">
      <caption class="visually-hidden">Images of each class</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col">
            <span class="key train">train</span> <span class="key test">test</span>
          </th>
          <th scope="col" class="number">
            Images
          </th>
        </tr>
      </thead>
      <tbody>
        {classNames.map((name, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="bars">
              {bar('train', train.classCounts[i] ?? 0)}
              {bar('test', test.classCounts[i] ?? 0)}
            </td>
            <td class="number">
              {(train.classCounts[i] ?? 0).toLocaleString('en')} + {(test.classCounts[i] ?? 0).toLocaleString('en')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
