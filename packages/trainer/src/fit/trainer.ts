import { CnnError } from '@cnn/core';
import type { Outcome } from '../run/outcome.ts';
import { RunControl } from '../run/run-control.ts';
import type { RunState } from '../run/run-state.ts';
import type { TrainingEvent } from '../run/training-event.ts';
import { createRun } from './create-run.ts';
import type { FitOptions } from './fit-options.ts';
import { trainingLoop } from './training-loop.ts';

/** A run whose events are walked one by one, and that can be paused, stepped and stopped from elsewhere meanwhile. */
export interface Trainer extends AsyncIterable<TrainingEvent> {
  /** As it is now. */
  readonly state: RunState;
  /** How it ended; null until it has. */
  readonly outcome: Outcome | null;
  /** Whether it waits, or will before the next step. */
  readonly paused: boolean;
  /** Waits before the next step, until `resume`, `step` or `stop`. */
  pause(): void;
  /** Goes on after `pause`. */
  resume(): void;
  /** Takes `count` steps, then pauses. */
  step(count?: number): void;
  /** Stops after the current step. The status will be `stopped`. */
  stop(reason?: string): void;
}

/**
 * A run as an async iterator of typed events. Nothing happens before it is walked, and it is walked once; leaving the
 * walk stops the run.
 *
 * @example
 * const run = trainer({ model, data, optimizer, epochs: 5 });
 * pauseButton.onclick = () => run.pause();
 * for await (const event of run) if (event.type === 'step') draw(event.step, event.loss);
 * @throws CnnError `invalid-argument` on options that make no sense, and when it is walked a second time.
 */
export function trainer(options: FitOptions): Trainer {
  const control = new RunControl(options.signal);
  const run = createRun(options, control);
  let walked = false;
  return {
    get state() {
      return run.state;
    },
    get outcome() {
      return run.outcome;
    },
    get paused() {
      return control.paused;
    },
    pause: () => control.pause(),
    resume: () => control.resume(),
    step: (count = 1) => control.step(count),
    stop: (reason = 'asked to stop') => control.stop(reason),
    [Symbol.asyncIterator]() {
      if (walked) throw walkedTwice();
      walked = true;
      return trainingLoop(run);
    },
  };
}

function walkedTwice(): CnnError {
  return new CnnError('invalid-argument', {
    where: 'trainer',
    expected: 'to be walked once',
    received: 'a second walk',
    remedy: 'Make a new trainer; to go on where this one ended, give both a store and the new one resume: true',
  });
}
