import { notifyError } from './notice-store.ts';

/** Does `work`; where it fails, says so in a notice under `title`. */
export async function attempt(title: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notifyError(title, error);
  }
}
