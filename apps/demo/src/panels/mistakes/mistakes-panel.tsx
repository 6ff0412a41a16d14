import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSeen } from '../../components/use-seen.ts';
import type { TestReport } from '../../session/test-predictions.ts';
import { followEpochs, measure, measuring, mistakesSeen, report, showMistakes } from '../../state/mistakes-store.ts';
import { status } from '../../state/run-store.ts';
import '../../styles/mistakes.css';
import { ClassTable } from './class-table.tsx';
import { ConfusionTable } from './confusion-table.tsx';
import { JudgedGallery } from './judged-gallery.tsx';

/** More classes make no table that one can read. */
const MOST_CLASSES = 30;

/** What the network takes for what on the test set, with the images behind every number. */
export function MistakesPanel(): JSX.Element {
  const shares = useSignal(false);
  const panel = useRef<HTMLElement>(null);
  useSeen(panel, mistakesSeen);
  useEffect(followEpochs, []);
  const latest = report.value;
  return (
    <section ref={panel} class="panel mistakes" aria-labelledby="mistakes">
      <h2 id="mistakes">Mistakes</h2>
      <p>
        Rows are what the test images show, columns what the network said. The diagonal is right; everything else has a
        story: press a cell to see its images.
      </p>
      <div class="row">
        <button type="button" disabled={status.value === 'opening'} onClick={() => measure({ atOnce: true })}>
          Measure now
        </button>
        <label class="check">
          <input
            type="checkbox"
            checked={shares.value}
            onChange={({ currentTarget }) => {
              shares.value = currentTarget.checked;
            }}
          />
          Per cent of each row
        </label>
        <p class="hint" aria-live="polite">
          {latest && summaryOf(latest)} {measuring.value ? 'Measuring…' : !latest && 'Measured after each epoch.'}
        </p>
      </div>
      {latest && (
        <div class="mistakes-columns">
          <div>
            {latest.matrix.classNames.length <= MOST_CLASSES ? (
              <ConfusionTable report={latest} as={shares.value ? 'shares' : 'counts'} />
            ) : (
              <p>{latest.matrix.classNames.length} classes are too many for a table: see the pairs below.</p>
            )}
            <ConfusedPairs report={latest} />
            <ClassTable report={latest} />
          </div>
          <JudgedGallery classNames={latest.matrix.classNames} />
        </div>
      )}
    </section>
  );
}

function ConfusedPairs({ report: { confused, matrix } }: { readonly report: TestReport }): JSX.Element | null {
  if (confused.length === 0) return null;
  const indexOf = (name: string): number => matrix.classNames.indexOf(name);
  return (
    <>
      <h3>Most confused</h3>
      <ul class="pairs">
        {confused.map(({ truth, predicted, count, share }) => (
          <li key={`${truth} ${predicted}`}>
            <button
              type="button"
              onClick={() => showMistakes({ truth: indexOf(truth), predicted: indexOf(predicted) })}
            >
              {truth} → {predicted}
              <small>
                {count}×, {(100 * share).toFixed(1)} %
              </small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function summaryOf({ step, images, accuracy }: TestReport): string {
  const wrong = Math.round(images * (1 - accuracy));
  return `After step ${step}: ${(100 * accuracy).toFixed(1)} % right, ${wrong} of ${images} wrong.`;
}
