import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { JSX } from 'preact';
import { earlierRuns, removeRuns } from '../../state/earlier-runs-store.ts';
import { epochs, losses, runConfig } from '../../state/run-store.ts';
import '../../styles/learning.css';
import { ChartPlace } from './chart-place.tsx';
import { LearningSummary } from './learning-summary.tsx';
import type { Curve } from './line-chart.tsx';
import { accuracyColumns, type ChartColumns, lossColumns } from './loss-series.ts';
import { RUN_COLOURS, RUN_DASHES, RunList } from './run-list.tsx';
import { saveLosses } from './save-losses.ts';

/** More places than a screen has pixels show nothing more. */
const POINTS = 1200;

const logarithmic = signal(false);
const shown = computed(() => earlierRuns.value.filter((run) => run.shown));
const current = computed(() => ({ losses: losses.value, epochs: epochs.value }));
const changes = computed(() => [current.value, shown.value]);
const hasLosses = computed(() => losses.value.length > 0);
const lossData: ReadonlySignal<ChartColumns> = computed(() =>
  lossColumns(current.value, shown.value, { points: POINTS }),
);
const accuracyData: ReadonlySignal<ChartColumns> = computed(() => accuracyColumns(current.value, shown.value));

/** Whether there is a curve. */
const hasBegun = computed(() => losses.value.length > 0 || shown.value.length > 0);

/** Loss and accuracy as the network learns, beside those of earlier runs. */
export function LearningPanel(): JSX.Element {
  const earlier = shown.value.map((run): Curve => {
    const place = earlierRuns.value.indexOf(run);
    return {
      label: `Run ${run.id}`,
      colour: RUN_COLOURS[place] ?? '--quiet',
      dash: RUN_DASHES[place] ?? [],
      width: 1.5,
      opacity: 0.75,
    };
  });
  const begun = hasBegun.value;
  return (
    <section class="panel learning" aria-labelledby="learning">
      <h2 id="learning">Learning</h2>
      <p>
        The loss says how wrong the network is: lower is better. Each step sees another handful of images, so it jumps;
        the thick line is its mean.
      </p>
      <div class="charts">
        <figure>
          <figcaption>
            <Key colour="--cool" name="Loss by step" />
            <Key colour="--warm" name="test" />
            <label class="toggle">
              <input
                type="checkbox"
                checked={logarithmic.value}
                onChange={({ currentTarget }) => {
                  logarithmic.value = currentTarget.checked;
                }}
              />
              log scale
            </label>
          </figcaption>
          <ChartPlace
            begun={begun}
            hint="Press play: the loss of every step will be drawn here."
            title="Loss by step: training, its mean, and test"
            height={230}
            logarithmic={logarithmic.value}
            curves={[
              { label: 'Loss', colour: '--cool', width: 1, opacity: 0.35 },
              { label: 'Mean loss', colour: '--cool' },
              { label: 'Test loss', colour: '--warm', dots: true },
              ...earlier,
            ]}
            data={lossData}
            follows={changes}
          />
        </figure>
        <figure>
          <figcaption>
            <Key colour="--cool" name="Accuracy by epoch, %" />
            <Key colour="--warm" name="test" />
          </figcaption>
          <ChartPlace
            begun={begun}
            hint="After each epoch: how many of the training and of the test images it recognises."
            title="Accuracy by epoch in per cent: training and test"
            height={230}
            range={[80, 100]}
            curves={[
              { label: 'Training', colour: '--cool', dots: true },
              { label: 'Test', colour: '--warm', dots: true },
              ...earlier,
            ]}
            data={accuracyData}
            follows={changes}
          />
        </figure>
      </div>
      <LearningSummary />
      <RunList />
      <div class="links">
        <button
          type="button"
          class="link"
          disabled={!hasLosses.value}
          onClick={() => saveLosses(losses.peek(), runConfig.peek()?.name ?? 'run')}
        >
          Save the losses as CSV
        </button>
        {earlierRuns.value.length > 1 && (
          <button type="button" class="link" onClick={removeRuns}>
            Remove all earlier runs
          </button>
        )}
      </div>
    </section>
  );
}

function Key({ colour, name }: { colour: string; name: string }): JSX.Element {
  return (
    <span class="key">
      <i class="swatch" style={{ background: `var(${colour})` }} />
      {name}
    </span>
  );
}
