import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { DEFAULT_CONFIG } from '../state/default-config.ts';
import {
  backend,
  epochs,
  imagesPerSecond,
  pause,
  play,
  reset,
  setLearningRate,
  status,
  step,
  stepOnce,
  stepsPerEpoch,
} from '../state/run-store.ts';

const RATES = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03];

/** Play, pause, step, reset, and how it goes. */
export function RunBar(): JSX.Element {
  const rate = useSignal(Number(DEFAULT_CONFIG.optimizer.lr));
  const running = status.value === 'running';
  const opening = status.value === 'opening';
  const epoch = stepsPerEpoch.value > 0 ? (step.value / stepsPerEpoch.value).toFixed(2) : '–';
  const test = epochs.value.at(-1)?.test.accuracy;
  const { name, threads } = backend.value ?? { name: '…', threads: 1 };
  return (
    <section class="run-bar" aria-label="Training">
      <div class="buttons">
        <button
          type="button"
          class="primary"
          disabled={opening || status.value === 'ended'}
          onClick={running ? pause : play}
        >
          {running ? 'Pause' : 'Play'}
        </button>
        <button type="button" disabled={opening || running} onClick={stepOnce}>
          Step
        </button>
        <button type="button" disabled={opening} onClick={reset}>
          Reset
        </button>
      </div>
      <label>
        Learning rate
        <select
          value={rate}
          onChange={({ currentTarget }) => {
            rate.value = Number(currentTarget.value);
            setLearningRate(rate.value);
          }}
        >
          {RATES.map((value) => (
            <option key={value} value={value}>
              {value}
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
          <dd>{Math.round(imagesPerSecond.value).toLocaleString('en')}</dd>
        </div>
        <div>
          <dt>Test accuracy</dt>
          <dd>{test === undefined ? '–' : `${(100 * test).toFixed(1)} %`}</dd>
        </div>
        <div>
          <dt>Runs on</dt>
          <dd>{threads > 1 ? `${name}, ${threads} threads` : name}</dd>
        </div>
      </dl>
    </section>
  );
}
