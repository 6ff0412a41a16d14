import { backend, setBackend } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import type { BackendName } from './backend-driver.ts';

/**
 * Makes a registered backend current.
 *
 * @throws CnnError `unsupported` when tfjs-core cannot initialise it here.
 */
export async function activateBackend(name: BackendName, tfjsName: string, remedy: string): Promise<void> {
  let reason = 'tfjs-core could not initialise it';
  try {
    if (await setBackend(tfjsName)) {
      // Its advice to install tfjs-node is printed at the first tensor, and a library does not print.
      if ('firstUse' in backend()) Reflect.set(backend(), 'firstUse', false);
      return;
    }
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw new CnnError('unsupported', {
    where: `backend ${name}`,
    expected: 'a device on which it runs',
    received: reason,
    remedy,
  });
}
