// Trains the tiny task in a Worker, with its checkpoints in IndexedDB.
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { checkpoint, indexedDbStore } from '../../src/index.ts';
import { shuffledPoints } from '../shuffled-points.ts';
import { tinyFit } from '../tiny-fit.ts';

/** What a page asks for. */
export interface WorkerRequest {
  readonly stopAtStep: number | null;
  readonly resume: boolean;
}

self.onmessage = async ({ data }: MessageEvent<WorkerRequest>) => {
  await setBackend('cpu');
  const store = indexedDbStore({ database: 'tiny-run' });
  const outcome = await tinyFit({
    ...shuffledPoints(),
    epochs: 3,
    store,
    resume: data.resume,
    callbacks: [
      checkpoint(),
      {
        name: 'stopper',
        onStepEnd(run) {
          if (run.state.step === data.stopAtStep) run.requestStop('the page is closed');
        },
      },
    ],
  });
  // More than a value of IndexedDB may have, as a large network's checkpoint is.
  const large = new Uint8Array(2 ** 27 + 3).fill(7, 2 ** 27);
  await store.write('large', large);
  const read = await store.read('large');
  await store.remove('large');
  self.postMessage({
    keepsLarge: read?.length === large.length && read.at(-1) === 7 && read[0] === 0,
    status: outcome.status,
    steps: outcome.steps,
    errors: outcome.errors.map(({ message }) => message),
    lossSums: outcome.history.map(({ train }) => train.lossSum),
    files: await store.list(),
  });
};
