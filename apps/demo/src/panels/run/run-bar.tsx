import type { JSX } from 'preact';
import type { SessionStatus } from '../../session/session-event.ts';
import { pause, play, reset, stepOnce, trainEpoch } from '../../state/run-actions.ts';
import { epochs, imagesPerSecond, runConfig, status, step, stepsPerEpoch } from '../../state/run-store.ts';
import { BackendBadge } from './backend-badge.tsx';
import { LiveSettings } from './live-settings.tsx';
import '../../styles/run-bar.css';

const STATUS: Readonly<Record<SessionStatus, string>> = {
  opening: 'Making the network…',
  ready: 'Ready',
  running: 'Training',
  paused: 'Paused',
  ended: 'Done',
  failed: 'Stopped',
};

/** Play, pause, step, epoch, reset, what may change meanwhile, and how it goes. */
export function RunBar(): JSX.Element {
  const now = status.value;
  const running = now === 'running';
  const opening = now === 'opening';
  return (
    <section class="run-bar" aria-label="Training" aria-busy={opening}>
      <div class="buttons">
        <button type="button" class="primary" disabled={opening} onClick={running ? pause : play}>
          {running ? 'Pause' : PLAY[now]}
        </button>
        <button
          type="button"
          disabled={opening || running}
          onClick={stepOnce}
          title="One batch: one update of the weights"
        >
          Step
        </button>
        <button type="button" disabled={opening || running} onClick={trainEpoch} title="Every training image once">
          Epoch
        </button>
        <button type="button" disabled={opening} onClick={reset} title="New random weights from the same seed">
          Reset
        </button>
      </div>
      <p class="state" role="status">
        {STATUS[now]}
      </p>
      <Progress />
      <BackendBadge />
      <LiveSettings />
    </section>
  );
}

const PLAY: Readonly<Record<Exclude<SessionStatus, 'running'>, string>> = {
  opening: 'Play',
  ready: 'Play',
  paused: 'Play',
  ended: 'Train longer',
  failed: 'Try again',
};

function Progress(): JSX.Element {
  const perEpoch = stepsPerEpoch.value;
  const all = runConfig.value?.trainer.epochs ?? 0;
  const epoch = perEpoch > 0 ? step.value / perEpoch : 0;
  const accuracy = epochs.value.at(-1)?.test.accuracy;
  return (
    <dl>
      <div>
        <dt>Epoch</dt>
        <dd>
          {epoch.toFixed(epoch < 10 ? 2 : 1)}
          <small> / {all}</small>
        </dd>
      </div>
      <div>
        <dt>Step</dt>
        <dd>{step.value.toLocaleString('en')}</dd>
      </div>
      <div class="speed">
        <dt>Images/s</dt>
        <dd>{imagesPerSecond.value > 0 ? Math.round(imagesPerSecond.value).toLocaleString('en') : '–'}</dd>
      </div>
      <div>
        <dt>Test accuracy</dt>
        <dd>{accuracy === undefined || Number.isNaN(accuracy) ? '–' : `${(100 * accuracy).toFixed(1)} %`}</dd>
      </div>
    </dl>
  );
}
