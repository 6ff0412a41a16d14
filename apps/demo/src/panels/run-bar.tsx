import type { JSX } from 'preact';
import { learningRate, openSession, pause, play, setLearningRate, stepOnce, view } from '../state/session-store.ts';

const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];

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
      <label>
        Learning rate
        <select value={learningRate} onChange={({ currentTarget }) => setLearningRate(Number(currentTarget.value))}>
          {RATES.map((rate) => (
            <option key={rate} value={rate}>
              {rate}
            </option>
          ))}
        </select>
      </label>
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
