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
    const reason = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]!.replace(/[\s.]+$/, '');
    const missing = /Cannot find (package|module)|Failed to resolve/.test(reason);
    throw new CnnError(
      'unsupported',
      {
        where: `backend ${backend}`,
        expected: `the optional package ${packageName}`,
        received: reason,
        remedy: missing
          ? `Install it: npm install ${packageName}`
          : `Install it anew, so that what it downloads is there: npm install ${packageName}`,
      },
      { cause },
    );
  }
}
