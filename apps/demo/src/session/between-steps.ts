/** How work is let in. */
export interface BetweenOptions {
  /** Nobody waits for it with a hand on the page: it may take a tenth of the time, and waits until it may. */
  readonly background?: boolean;
}

/** Share of the time that work in the background may take from training. */
const BACKGROUND_SHARE = 0.1;

interface Waiting {
  readonly background: boolean;
  begin(): Promise<void>;
}

/**
 * Lets work that looks into the network run between two steps: one at a time, and never during a step. While the run
 * does not train, it begins at once.
 */
export class BetweenSteps {
  readonly #waiting: Waiting[] = [];
  #training = false;
  #drained: Promise<void> | undefined;
  #backgroundFrom = 0;

  /** Runs `work` when its turn has come; what it throws is the caller's. */
  run<Result>(work: () => Result | Promise<Result>, { background = false }: BetweenOptions = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      const begin = async (): Promise<void> => {
        try {
          resolve(await work());
        } catch (error) {
          reject(error);
        }
      };
      this.#waiting.push({ background, begin });
      if (!this.#training) void this.drain();
    });
  }

  /** Told by the run: from now on steps are taken, and work waits for `drain`; or no longer. */
  set training(training: boolean) {
    this.#training = training;
    if (!training) void this.drain();
  }

  /** Does what waits. Called by the run between two steps. */
  drain(): Promise<void> {
    this.#drained ??= this.#work();
    return this.#drained;
  }

  async #work(): Promise<void> {
    await null; // so that what it ends with comes after `drain` has kept its promise
    for (let next = this.#next(); next; next = this.#next()) {
      const startedAt = performance.now();
      await next.begin();
      const now = performance.now();
      if (next.background) this.#backgroundFrom = now + (now - startedAt) * (1 / BACKGROUND_SHARE - 1);
    }
    this.#drained = undefined; // at once: work that comes from now on finds nobody who would do it
  }

  #next(): Waiting | undefined {
    const mayInBackground = !this.#training || performance.now() >= this.#backgroundFrom;
    const index = this.#waiting.findIndex(({ background }) => mayInBackground || !background);
    return index < 0 ? undefined : this.#waiting.splice(index, 1)[0];
  }
}
