import type { JSX } from 'preact';
import { configDifference } from '../../share/config-difference.ts';
import { type EarlierRun, earlierRuns, removeRun, showRun } from '../../state/earlier-runs-store.ts';
import { runConfig } from '../../state/run-store.ts';

/** Colours of earlier runs, by their place: told apart without red against green, and by their dashes too. */
export const RUN_COLOURS: readonly string[] = ['--run-1', '--run-2', '--run-3', '--run-4', '--run-5', '--run-6'];
/** Dashes of their lines, likewise. */
export const RUN_DASHES: readonly (readonly number[])[] = [
  [6, 3],
  [2, 3],
  [9, 3, 2, 3],
  [4, 2],
  [1, 3],
  [12, 4],
];

/** The runs before this one: what was different, whether its curve is shown, and a way to forget it, now and for later visits. */
export function RunList(): JSX.Element | null {
  const runs = earlierRuns.value;
  if (runs.length === 0) return null;
  return (
    <ul class="runs" aria-label="Earlier runs">
      {runs.map((run, index) => (
        <RunEntry key={run.id} run={run} colour={RUN_COLOURS[index] ?? '--quiet'} />
      ))}
    </ul>
  );
}

function RunEntry({ run, colour }: { run: EarlierRun; colour: string }): JSX.Element {
  const difference = runConfig.value ? configDifference(run.config, runConfig.value) : '';
  const accuracy = run.epochs.at(-1)?.test.accuracy;
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={run.shown}
          onChange={({ currentTarget }) => showRun(run.id, currentTarget.checked)}
        />
        <i class="swatch" style={{ background: `var(${colour})` }} />
        Run {run.id}: {difference || 'as this one'}
      </label>
      <small>
        {run.losses.at(-1)?.step ?? 0} steps
        {accuracy !== undefined && Number.isFinite(accuracy) ? `, test ${(100 * accuracy).toFixed(1)} %` : ''}
      </small>
      <button type="button" class="icon" aria-label={`Remove run ${run.id}`} onClick={() => removeRun(run.id)}>
        ✕
      </button>
    </li>
  );
}
