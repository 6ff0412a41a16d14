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
  { backend, threads }: Pick<Config, 'backend' | 'threads'>,
  { terminal, probe = true }: { terminal: Terminal; probe?: boolean },
): Promise<BackendDetails> {
  const details = await selectBackend(backend, backendDrivers(), { threads, probe });
  for (const { name, reason } of details.passedOver ?? [])
    terminal.warn(`note: backend ${name} passed over: ${reason}`);
  return details;
}
