import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { SessionStatus } from '../../session/session-event.ts';
import { config } from '../../state/config-store.ts';
import { pause, play, pulled, stepOnce, trainEpoch } from '../../state/levers-store.ts';
import { openRun } from '../../state/run-actions.ts';
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
  const running = status.value === 'running';
  const opening = status.value === 'opening';
  const waits = opening && pulled.value;
  return (
    <section class="run-bar" aria-label="Training" aria-busy={opening}>
      <div class="buttons">
        <PlayButton pauses={running || waits} />
        <button type="button" disabled={running} onClick={stepOnce} title="One batch: one update of the weights">
          Step
        </button>
        <button type="button" disabled={running} onClick={trainEpoch} title="Every training image once">
          Epoch
        </button>
        <button type="button" onClick={() => openRun(config.peek())} title="New random weights from the same seed">
          Reset
        </button>
      </div>
      <p class="state" role="status">
        {waits ? 'Training soon…' : STATUS[status.value]}
      </p>
      <Progress />
      <BackendBadge />
      <LiveSettings />
    </section>
  );
}

/**
 * Play and pause in one. A click does what the button said when it was pressed down: to press it may end the typing in a
 * field, which opens another run under the finger.
 */
function PlayButton({ pauses }: { pauses: boolean }): JSX.Element {
  const pressed = useRef(pauses);
  return (
    <button
      type="button"
      class="primary"
      onPointerDown={() => {
        pressed.current = pauses;
      }}
      onClick={({ detail: clicks }) => ((clicks > 0 ? pressed.current : pauses) ? pause() : play())}
    >
      {pauses ? 'Pause' : PLAY[status.value]}
    </button>
  );
}

const PLAY: Readonly<Record<SessionStatus, string>> = {
  opening: 'Play',
  ready: 'Play',
  running: 'Play',
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
