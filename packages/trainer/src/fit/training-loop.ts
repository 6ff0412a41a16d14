import { CnnError } from '@cnn/core';
import { asError } from '../callbacks/callback-list.ts';
import { LAST_CHECKPOINT, writeCheckpoints } from '../checkpoint/write-checkpoints.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { TrainingEvent } from '../run/training-event.ts';
import { beginRun } from './begin-run.ts';
import { endRun } from './end-run.ts';

/**
 * The loop. Everything that trains goes through here: `fit` walks it to its end, `trainer` hands its events out one by
 * one. What happens is told to the run's state first, then to the callbacks, then to whoever walks; checkpoints are
 * written when all callbacks have seen the moment.
 */
export async function* trainingLoop(run: ActiveRun): AsyncGenerator<TrainingEvent, void, void> {
  const { data, step, average, callbacks, validation, test, limits, watch, control } = run.parts;
  try {
    yield await beginRun(run);

    while (!run.isDone && !run.isToStop) {
      if (!run.state.inEpoch) {
        run.tell({ type: 'epoch-started' });
        await callbacks.call('onEpochStart', run);
        yield { type: 'epoch-start', epoch: run.state.epoch };
      }

      watch.start('data');
      for await (const batches of data.groups(run.state.batch, () => run.mayStep())) {
        for (const [index, batch] of batches.entries()) {
          run.readBack.push(step(batch, run.stepContext(index, batches.length)), batch, run.state.step + 1);
        }
        average?.update();
        run.endStep(batches);

        watch.start('metrics');
        if (run.isReadBackDue) await run.readLosses();
        await run.readInspection();
        watch.start('callbacks');
        await callbacks.call('onStepEnd', run);
        yield stepEvent(run);
        yield* writeCheckpoints(run);
        watch.start('data');
      }
      watch.stop();
      control.giveBack();
      await run.readLosses();
      if (run.isToStop) break; // the epoch stays open: a resumed run goes on in it
      if (run.state.batch === 0) throw noBatches(run);

      if (validation) {
        const evaluation = await run.evaluate(validation, limits.validation);
        if (!evaluation) break;
        run.endValidation(evaluation);
        await callbacks.call('onValidationEnd', run);
        yield { type: 'validation', epoch: run.state.epoch, step: run.state.step, measures: evaluation.measures };
      }
      run.endEpoch();
      await callbacks.call('onEpochEnd', run);
      yield { type: 'epoch', record: run.state.history.at(-1)! };
      yield* writeCheckpoints(run);
    }

    if (run.state.inEpoch || run.isInterrupted) {
      run.requestCheckpoint(LAST_CHECKPOINT);
      yield* writeCheckpoints(run);
    }
    if (!run.isInterrupted) {
      run.adoptAverage();
      await callbacks.call('onTrainingEnd', run);
      run.test = test && (await run.evaluate(test, limits.test));
    }
    run.reachedTheEnd = true;
  } catch (error) {
    run.errors.push(asError(error));
  } finally {
    await endRun(run);
  }
  yield { type: 'run-end', outcome: run.outcome! };
}

function stepEvent({ state }: ActiveRun): TrainingEvent {
  return {
    type: 'step',
    epoch: state.epoch,
    step: state.step,
    loss: state.lastLoss,
    lr: state.lastLr[0] ?? Number.NaN,
  };
}

function noBatches({ state }: ActiveRun): CnnError {
  return new CnnError('invalid-argument', {
    where: 'fit.data',
    expected: 'at least one batch an epoch',
    received: `none in epoch ${state.epoch}`,
    remedy: 'Check that the data set is not empty, and pass something that can be walked once an epoch',
  });
}
