import { type BackendDetails, selectBackend } from '@cnn/core';
import type { Config } from '../config/config.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { backendDrivers } from './backend-drivers.ts';

export interface UseBackendOptions {
  readonly terminal: Terminal;
  readonly probe?: boolean;
  /** What a run that is resumed was computed with so far: it goes on at the same feature level where that can be had. */
  readonly begunWith?: BackendDetails | undefined;
}

/**
 * Makes the backend that a config asks for current. Says on stderr what was passed over.
 *
 * @throws CnnError `unsupported` with the reason and the remedy.
 */
export async function useBackend(
  config: Pick<Config, 'backend' | 'threads' | 'featureLevel'>,
  { terminal, probe = true, begunWith }: UseBackendOptions,
): Promise<BackendDetails> {
  const { backend, threads } = config;
  // Every engine that runs simd at all has this level; one that has gained another since would change the numbers.
  const keepsLevel = config.featureLevel === 'auto' && begunWith?.featureLevel === 'simd';
  const featureLevel = keepsLevel ? 'simd' : config.featureLevel;
  // Only simd has levels: who asks for one asks for simd, and is told where it cannot be had.
  const wanted = backend === 'auto' && config.featureLevel !== 'auto' ? 'simd' : backend;
  const details = await selectBackend(wanted, backendDrivers({ featureLevel }), { threads, probe });
  for (const { name, reason } of details.passedOver ?? [])
    terminal.warn(`note: backend ${name} passed over: ${reason}`);
  if (begunWith && nameAndLevel(begunWith) !== nameAndLevel(details)) {
    terminal.warn(
      `note: computed on ${nameAndLevel(begunWith)} so far, from here on ${nameAndLevel(details)}: the last digits differ`,
    );
  }
  return details;
}

function nameAndLevel({ name, featureLevel }: BackendDetails): string {
  return featureLevel ? `${name} (${featureLevel})` : name;
}
