import type { BackendName } from '@cnn/core';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { backendReason } from '../../state/backend-reason.ts';
import { measure, PAGE_BACKENDS, trials, trying, useBackend } from '../../state/backend-store.ts';
import { config } from '../../state/config-store.ts';
import { backend, passedOver, status } from '../../state/run-store.ts';
import { threadsReason } from '../../state/threads-reason.ts';
import '../../styles/backend-details.css';

const TITLES: Readonly<Partial<Record<BackendName, string>>> = {
  simd: 'WebAssembly SIMD, on the processor',
  webgpu: 'WebGPU, on the graphics card',
  webgl: 'WebGL, on the graphics card, older',
  cpu: 'plain JavaScript, for comparison',
};

/** What there is to compute on, how fast each is here, and a choice. */
export function BackendDetailsDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="backend-details" aria-labelledby="backend-title" onClose={onClose}>
      <h2 id="backend-title">What computes</h2>
      <p>{backendReason()} The others compute the same, up to rounding.</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Backend</th>
            <th scope="col">Probe</th>
            <th scope="col">ms per step</th>
            <th scope="col" class="wide-only">
              Threads
            </th>
            <th scope="col" class="wide-only">
              Level
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {PAGE_BACKENDS.map((name) => (
            <BackendRow key={name} name={name} />
          ))}
        </tbody>
      </table>
      <p>{threadsReason()}</p>
      <div class="row">
        <button type="button" disabled={trying.value !== null} onClick={() => void measure(PAGE_BACKENDS)}>
          {trying.value === null ? 'Measure them all' : `Measuring ${trying.value}…`}
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
    </dialog>
  );
}

function BackendRow({ name }: { name: BackendName }): JSX.Element {
  const trial = trials.value.get(name);
  const current = backend.value?.name === name ? backend.value : null;
  const details = current ?? (trial?.usable ? trial.details : null);
  const refused = passedOver.value.find((other) => other.name === name);
  const reason = trial && !trial.usable ? trial.reason : refused?.reason;
  const chosen = config.value.backend === name;
  return (
    <tr aria-current={current ? 'true' : undefined}>
      <th scope="row">
        {name}
        <small class="about">{TITLES[name]}</small>
        {details?.featureLevel && (
          <small class="about narrow-only">
            {details.threads} {details.threads === 1 ? 'thread' : 'threads'}, {details.featureLevel}
          </small>
        )}
        {reason && <small class="about problem-text">{reason}</small>}
      </th>
      <td>{reason ? 'refused' : details ? 'passed' : '–'}</td>
      <td>{trial?.usable ? trial.stepMs.toFixed(trial.stepMs < 10 ? 2 : 0) : '–'}</td>
      <td class="wide-only">{details?.threads ?? '–'}</td>
      <td class="wide-only">{details?.featureLevel ?? '–'}</td>
      <td>
        <button
          type="button"
          disabled={status.value === 'opening' || (current !== null && chosen)}
          aria-label={`Use ${name}`}
          onClick={() => useBackend(name)}
        >
          {current ? 'In use' : 'Use'}
        </button>
      </td>
    </tr>
  );
}
