import type { JSX } from 'preact';
import type { TestReport } from '../../session/test-predictions.ts';

/** Precision and recall of each class. */
export function ClassTable({ report }: { readonly report: TestReport }): JSX.Element {
  return (
    <details class="classes">
      <summary>Precision and recall of each class</summary>
      <p class="hint">
        Precision: of all images that it called a 3, how many are. Recall: of all that are a 3, how many it found.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Precision</th>
            <th scope="col">Recall</th>
            <th scope="col">Images</th>
          </tr>
        </thead>
        <tbody>
          {report.classes.map(({ className, precision, recall, support }) => (
            <tr key={className}>
              <th scope="row">{className}</th>
              <Share of={precision} />
              <Share of={recall} />
              <td>{support}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Share({ of }: { readonly of: number }): JSX.Element {
  return (
    <td class="share" style={{ '--share': of }}>
      {(100 * of).toFixed(1)} %
    </td>
  );
}
