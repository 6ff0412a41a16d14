import { refuseChangedConfig } from '../checkpoint/changed-config.ts';
import { decodeCheckpoint } from '../checkpoint/checkpoint.ts';
import { restoreRun } from '../checkpoint/restore-run.ts';
import { LAST_CHECKPOINT } from '../checkpoint/write-checkpoints.ts';
import type { ActiveRun } from '../run/active-run.ts';
import type { TrainingEvent } from '../run/training-event.ts';

/** Takes up the last checkpoint if the run is to be resumed and there is one, starts the callbacks, tries the validation. */
export async function beginRun(run: ActiveRun): Promise<TrainingEvent> {
  const { resume, store, callbacks, config, validation, sanityBatches } = run.parts;
  run.clock.start();
  const bytes = resume && store ? await store.read(LAST_CHECKPOINT) : undefined;
  if (resume && bytes) {
    const checkpoint = decodeCheckpoint(bytes, { where: LAST_CHECKPOINT });
    refuseChangedConfig(checkpoint.state.config, config(), resume);
    await restoreRun(run, checkpoint);
  }
  await callbacks.call('onRunStart', run);
  if (validation && sanityBatches > 0 && run.state.step === 0) await run.evaluate(validation, sanityBatches);
  return { type: 'run-start', resumedFromStep: bytes ? run.state.step : null };
}
