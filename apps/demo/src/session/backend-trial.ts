import type { Config } from '@cnn/cli/config';
import type { BackendDetails, BackendName, ImageShape } from '@cnn/core';
import { TRIAL_WORKER } from './trial-worker.ts';

/** What a Worker is to try. */
export interface TrialRequest {
  readonly name: BackendName;
  readonly config: Config;
  /** Of one image after all transforms. */
  readonly sampleShape: ImageShape;
  readonly classNames: readonly string[];
}

/** What came of it. */
export type BackendTrial =
  | {
      readonly name: BackendName;
      readonly usable: true;
      readonly details: BackendDetails;
      /** Median of a training step. */
      readonly stepMs: number;
    }
  | { readonly name: BackendName; readonly usable: false; readonly reason: string };

/** In a Worker of its own, which can be ended at any moment without a trace. */
export function tryBackend(request: TrialRequest, signal: AbortSignal): Promise<BackendTrial> {
  const worker = new Worker(new URL('./session.worker.ts', import.meta.url), { type: 'module', name: TRIAL_WORKER });
  const { name } = request;
  return new Promise<BackendTrial>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<BackendTrial>) => resolve(data);
    worker.onerror = ({ message }) => resolve({ name, usable: false, reason: message || 'it crashed' });
    signal.addEventListener('abort', () => reject(signal.reason));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
