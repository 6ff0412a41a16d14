import type { RunClock } from './run-clock.ts';
import { TaskTurns } from './task-turns.ts';

/** The levers of a run: others pull them at any time, the loop looks before each step. */
export class RunControl {
  readonly signal: AbortSignal | undefined;
  #stopReason: string | null = null;
  /** Steps that may still be taken; Infinity while the run is not paused. */
  #allowance = Number.POSITIVE_INFINITY;
  /** Whether a step was allowed that has not been taken. */
  #granted = false;
  #wake: (() => void) | undefined;
  readonly #turns = new TaskTurns();

  constructor(signal?: AbortSignal) {
    this.signal = signal;
  }

  get interrupted(): boolean {
    return this.signal?.aborted ?? false;
  }

  get stopReason(): string | null {
    return this.#stopReason;
  }

  get paused(): boolean {
    return this.#allowance <= 0;
  }

  pause(): void {
    this.#allowance = 0;
    this.#granted = false;
  }

  resume(): void {
    this.#allowance = Number.POSITIVE_INFINITY;
    this.#wake?.();
  }

  /** Lets a paused run take `count` steps; one that runs pauses after them. */
  step(count: number): void {
    this.#allowance = Number.isFinite(this.#allowance) ? this.#allowance + count : count;
    this.#wake?.();
  }

  stop(reason: string): void {
    this.#stopReason ??= reason;
    this.#wake?.();
  }

  /** Called before each step: waits while the run is paused, and lets other tasks of the process have their turn. */
  async proceed(clock: RunClock): Promise<void> {
    await this.#turns.give();
    if (this.#mustWait()) {
      clock.stop();
      while (this.#mustWait()) await this.#woken();
      clock.start();
    }
    this.#allowance--;
    this.#granted = true;
  }

  /** The step that was allowed has been taken. */
  stepped(): void {
    this.#granted = false;
  }

  /** The epoch had no batch left for the step that was allowed: it may be taken in the next one. */
  giveBack(): void {
    if (this.#granted) this.#allowance++;
    this.#granted = false;
  }

  #mustWait(): boolean {
    return this.paused && !this.interrupted && this.#stopReason === null;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.signal?.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      this.signal?.addEventListener('abort', wake);
    });
  }
}
