import { backend } from '@tensorflow/tfjs-core';

/**
 * Resolves with the reason when the graphics device of the current backend is lost: a driver that was reset, a laptop
 * that changed its graphics card. Never, for a backend without one and when we let it go ourselves.
 */
export function deviceLoss(): Promise<string> {
  return new Promise((resolve) => {
    const current: unknown = backend();
    const device = typeof current === 'object' && current !== null && 'device' in current ? current.device : undefined;
    if (typeof device !== 'object' || device === null || !('lost' in device)) return;
    void Promise.resolve(device.lost).then((info: unknown) => {
      const { reason = 'unknown', message = '' } = { ...(info as { reason?: string; message?: string }) };
      if (reason !== 'destroyed' || message === '') resolve(message || 'The graphics card stopped answering.');
    });
  });
}
