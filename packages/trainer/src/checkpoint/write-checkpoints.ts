import type { ActiveRun } from '../run/active-run.ts';
import type { TrainingEvent } from '../run/training-event.ts';
import { snapshotRun } from './snapshot-run.ts';

/** The name under which a run keeps the point from which it can go on. */
export const LAST_CHECKPOINT = 'last.safetensors';

/**
 * Writes the checkpoints that callbacks asked for at this moment, then removes those that are to go. The last one is
 * written last: whoever resumes from it finds the others.
 */
export async function* writeCheckpoints(run: ActiveRun): AsyncGenerator<TrainingEvent, void, void> {
  const { store, callbacks, watch } = run.parts;
  const { write, remove } = run.checkpointRequests;
  const names = [...write].sort((a, b) => Number(a === LAST_CHECKPOINT) - Number(b === LAST_CHECKPOINT));
  const leaving = [...remove].filter((name) => !write.has(name));
  write.clear();
  remove.clear();
  if (!store) return;

  watch.start('checkpoint');
  const bytes = names.length > 0 ? await snapshotRun(run) : new Uint8Array();
  for (const name of names) {
    await store.write(name, bytes);
    const saved = { name, step: run.state.step, sizeBytes: bytes.length };
    await callbacks.checkpointSaved(run, saved);
    yield { type: 'checkpoint', ...saved };
  }
  for (const name of leaving) await store.remove(name);
}
