import { type Remote, wrap } from 'comlink';
import type { SessionServices } from '../session/session-services.ts';

let services: Remote<SessionServices> | undefined;

/** The training Worker, started at the first call: `await session().run.play()`. */
export function session(): Remote<SessionServices> {
  services ??= wrap<SessionServices>(
    new Worker(new URL('../session/session.worker.ts', import.meta.url), { type: 'module', name: 'training' }),
  );
  return services;
}
