import { EXIT_CODES } from '../exit-code.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface InterruptSignal {
  readonly signal: AbortSignal;
  /** Gives Ctrl+C its usual meaning back. */
  dispose(): void;
}

/**
 * A signal that Ctrl+C, or a polite request to terminate, aborts: the work ends at the next point where nothing is lost.
 * The second Ctrl+C ends the process at once.
 *
 * @param signal Aborts it as well.
 * @param meanwhile What is done before the end, for the message.
 */
export function interruptSignal({
  terminal,
  signal,
  meanwhile = 'stopping',
}: {
  terminal: Terminal;
  signal?: AbortSignal | undefined;
  meanwhile?: string;
}): InterruptSignal {
  const controller = new AbortController();
  const abort = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    terminal.warn(`\nInterrupted: ${meanwhile}. Press Ctrl+C again to stop at once.`);
    controller.abort();
  };
  const follow = (): void => controller.abort();
  if (signal?.aborted) follow();
  signal?.addEventListener('abort', follow, { once: true });
  process.on('SIGINT', abort);
  process.on('SIGTERM', abort);
  return {
    signal: controller.signal,
    dispose() {
      signal?.removeEventListener('abort', follow);
      process.off('SIGINT', abort);
      process.off('SIGTERM', abort);
    },
  };
}
