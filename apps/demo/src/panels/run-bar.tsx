import type { JSX } from 'preact';
import { openSession, pause, play, stepOnce, view } from '../state/session-store.ts';

/** Play, pause, step, reset, and how it goes. */
export function RunBar(): JSX.Element {
  const { status, step, stepsPerEpoch, imagesPerSecond, backend, epochs } = view.value;
  const running = status === 'running';
  const epoch = stepsPerEpoch > 0 ? (step / stepsPerEpoch).toFixed(2) : '–';
  const test = epochs.at(-1)?.test;
  return (
    <section class="run-bar" aria-label="Training">
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={status === 'opening' || status === 'ended'}
          onClick={running ? pause : play}
        >
          {running ? 'Pause' : 'Play'}
        </button>
        <button type="button" disabled={status === 'opening' || running} onClick={stepOnce}>
          Step
        </button>
        <button type="button" disabled={status === 'opening'} onClick={openSession}>
          Reset
        </button>
      </div>
      <dl>
        <div>
          <dt>Epoch</dt>
          <dd>{epoch}</dd>
        </div>
        <div>
          <dt>Step</dt>
          <dd>{step}</dd>
        </div>
        <div>
          <dt>Images/s</dt>
          <dd>{Math.round(imagesPerSecond).toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>Test accuracy</dt>
          <dd>{test === undefined ? '–' : `${(100 * test).toFixed(1)} %`}</dd>
        </div>
        <div>
          <dt>Runs on</dt>
          <dd>{backend || '…'}</dd>
        </div>
      </dl>
    </section>
  );
}
