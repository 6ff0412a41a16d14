import { nextTask } from './next-task.ts';

/** Longest stretch in which messages, signals and timers of the process wait for a loop. */
const TURN_EVERY_MS = 8;

/** Gives other tasks of the process their turn, often enough and no oftener. */
export class TaskTurns {
  #lastTurnAt = performance.now();

  /** Called once a step: returns at once, or after other tasks that are due. */
  async give(): Promise<void> {
    if (performance.now() - this.#lastTurnAt <= TURN_EVERY_MS) return;
    await nextTask();
    this.#lastTurnAt = performance.now();
  }
}
