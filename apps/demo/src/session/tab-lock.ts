/** How long a page that was just closed or reloaded may take to let go. */
const PATIENCE_MS = 2000;

/**
 * Waits for the right to keep this page's run: one tab at a time has it, until it closes.
 *
 * @returns False where another tab has it.
 */
export async function takeTabLock(name: string): Promise<boolean> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return true; // An old browser: two tabs of it would overwrite each other's runs.
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const held = (): Promise<never> => {
      resolve(true);
      return new Promise(() => undefined); // held until the tab is gone
    };
    // Refused for another reason than the time: storage is, too, and says so itself.
    locks.request(name, { signal }, held).catch(() => resolve(!signal.aborted));
  });
}
