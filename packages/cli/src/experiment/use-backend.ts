import { type BackendDetails, selectBackend } from '@cnn/core';
import type { Config } from '../config/config.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { backendDrivers } from './backend-drivers.ts';

/**
 * Makes the backend that a config asks for current. Says on stderr what was passed over.
 *
 * @throws CnnError `unsupported` with the reason and the remedy.
 */
export async function useBackend(
  { backend, threads, featureLevel }: Pick<Config, 'backend' | 'threads' | 'featureLevel'>,
  { terminal, probe = true }: { terminal: Terminal; probe?: boolean },
): Promise<BackendDetails> {
  // Only simd has levels: who asks for one asks for simd, and is told where it cannot be had.
  const wanted = backend === 'auto' && featureLevel !== 'auto' ? 'simd' : backend;
  const details = await selectBackend(wanted, backendDrivers({ featureLevel }), { threads, probe });
  for (const { name, reason } of details.passedOver ?? [])
    terminal.warn(`note: backend ${name} passed over: ${reason}`);
  return details;
}
