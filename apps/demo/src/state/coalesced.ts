/** A task that is asked for more often than it is done. */
export interface Coalesced {
  /** Has it done soon: at once, or when the one under way is done and its time has come. Many requests are one. */
  request(): void;
  /** Forgets what was requested and not begun. */
  cancel(): void;
}

/** How often a task is done at most. */
export interface CoalescedOptions {
  /** From one beginning to the next. */
  readonly everyMs: number;
  /** Share of the time that it may take. Default 0.5. */
  readonly share?: number;
  /** A task that takes longer is given up: its device may be lost, and will never answer. Default 15 s. */
  readonly patienceMs?: number;
}

/** Does `task` when it is requested, never twice at a time, never oftener than it should, and always after the last request. */
export function coalesced(
  task: () => Promise<void>,
  { everyMs, share = 0.5, patienceMs = 15_000 }: CoalescedOptions,
): Coalesced {
  let requested = false;
  let underWay = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let notBefore = 0;

  const begin = async (): Promise<void> => {
    timer = undefined;
    requested = false;
    underWay = true;
    const startedAt = performance.now();
    let giveUp: ReturnType<typeof setTimeout> | undefined;
    const patience = new Promise<void>((resolve) => {
      giveUp = setTimeout(resolve, patienceMs);
    });
    try {
      await Promise.race([task(), patience]);
    } finally {
      clearTimeout(giveUp);
      underWay = false;
      notBefore = Math.max(startedAt + everyMs, startedAt + (performance.now() - startedAt) / share);
      if (requested) schedule();
    }
  };
  const schedule = (): void => {
    if (underWay || timer !== undefined) return;
    timer = setTimeout(begin, Math.max(0, notBefore - performance.now()));
  };
  return {
    request() {
      requested = true;
      schedule();
    },
    cancel() {
      requested = false;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
