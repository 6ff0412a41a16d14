import { CnnError } from '../errors/cnn-error.ts';
import type { BackendName } from './backend-driver.ts';

/**
 * Loads an optional peer on demand.
 *
 * @throws CnnError `unsupported` with the reason, and how to install it.
 */
export async function loadPeer<Peer>(
  backend: BackendName,
  packageName: string,
  load: () => Promise<Peer>,
): Promise<Peer> {
  try {
    return await load();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]! : String(cause);
    throw new CnnError(
      'unsupported',
      {
        where: `backend ${backend}`,
        expected: `the optional package ${packageName}`,
        received: reason,
        remedy: `Install it: npm install ${packageName}`,
      },
      { cause },
    );
  }
}
