/** Seconds of a run: those of sessions before a resume count, pauses do not. */
export class RunClock {
  #before = 0;
  #startedAt: number | null = null;

  get seconds(): number {
    return this.#before + (this.#startedAt === null ? 0 : (performance.now() - this.#startedAt) / 1000);
  }

  /** Runs on from `secondsBefore`. */
  restart(secondsBefore: number): void {
    this.#before = secondsBefore;
    this.#startedAt = performance.now();
  }

  start(): void {
    this.#startedAt ??= performance.now();
  }

  stop(): void {
    this.#before = this.seconds;
    this.#startedAt = null;
  }
}
