import { asError } from '../callbacks/callback-list.ts';
import { LAST_CHECKPOINT, writeCheckpoints } from '../checkpoint/write-checkpoints.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { Outcome, RunStatus } from '../run/outcome.ts';

/** Frees what the run holds, decides how it ended and tells every callback that was started. */
export async function endRun(run: ActiveRun): Promise<void> {
  if (!run.reachedTheEnd && run.errors.length === 0) await saveWhereItWasLeft(run);
  run.clock.stop();
  run.parts.watch.stop();
  const outcome = outcomeOf(run);
  run.errors.push(...(await run.parts.callbacks.end(run, outcome)));
  run.dispose();
  run.outcome = outcomeOf(run); // end hooks may have failed, or had something to say
}

/** Whoever walked the events has left: a resumed run is to go on from here. */
async function saveWhereItWasLeft(run: ActiveRun): Promise<void> {
  run.requestCheckpoint(LAST_CHECKPOINT);
  try {
    for await (const _event of writeCheckpoints(run));
  } catch (error) {
    run.errors.push(asError(error));
  }
}

function outcomeOf(run: ActiveRun): Outcome {
  const { history, step, best, notices, samplesSeen, seconds, trainSeconds } = run.state;
  return {
    ...ending(run),
    epochs: history.length,
    steps: step,
    history,
    best,
    test: run.test?.measures ?? null,
    testResults: run.test?.results ?? null,
    notices,
    seconds: Math.max(seconds, run.clock.seconds),
    imagesPerSecond: trainSeconds > 0 ? samplesSeen / trainSeconds : 0,
    errors: [...run.errors],
  };
}

function ending(run: ActiveRun): { status: RunStatus; reason: string } {
  const [error] = run.errors;
  if (error) return { status: 'failed', reason: error.message };
  if (run.isInterrupted) return { status: 'interrupted', reason: `interrupted after step ${run.state.step}` };
  if (run.stopReason !== null) return { status: 'stopped', reason: run.stopReason };
  if (!run.reachedTheEnd) return { status: 'stopped', reason: 'whoever walked the events left' };
  const { epoch, step } = run.state;
  const { maxSteps, epochs } = run.plan;
  return {
    status: 'completed',
    reason: epoch >= epochs ? `all ${epochs} epochs done` : `all ${maxSteps ?? step} steps done`,
  };
}
