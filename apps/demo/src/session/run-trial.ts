import { assembleExperiment } from '@cnn/cli/experiment';
import { selectBackend } from '@cnn/core';
import { memoryDataset } from '@cnn/datasets';
import { trainer } from '@cnn/trainer';
import { pageBackends } from './backend-choice.ts';
import type { BackendTrial, TrialRequest } from './backend-trial.ts';
import { pageThreads } from './page-threads.ts';

const WARM_UP_STEPS = 2;
const TIMED_STEPS = 12;
/** Slow ones are known well enough after this. */
const BUDGET_MS = 1500;

/** Probes one backend and trains a few real steps on it: the same network, images of the same shape. */
export async function runTrial({ name, config, sampleShape, classNames }: TrialRequest): Promise<BackendTrial> {
  try {
    const details = await selectBackend(name, pageBackends(config), { threads: pageThreads(config.threads) });
    const { batchSize } = config.data;
    const images = randomImages(2 * Number(batchSize), { sampleShape, classNames });
    const data = { train: images, validation: null, test: null, classNames, sampleShape, transforms: [], augment: [] };
    const experiment = await assembleExperiment({ ...config, data: { ...config.data, augment: [] } }, data);
    const { model, loaders, loss, optimizer } = experiment;
    const run = trainer({ model, data: loaders.train, loss, optimizer, epochs: 1e6, logEverySteps: 1 });
    const times: number[] = [];
    const begunAt = performance.now();
    let before = begunAt;
    for await (const event of run) {
      if (event.type !== 'step') continue;
      const now = performance.now();
      const late = now - begunAt > BUDGET_MS;
      if (event.step > (late ? 1 : WARM_UP_STEPS)) times.push(now - before);
      before = now;
      const isSlow = times.length > 0 && late;
      if (times.length === TIMED_STEPS || isSlow) break;
    }
    if (run.outcome?.errors[0]) throw run.outcome.errors[0];
    experiment.dispose();
    return { name, usable: true, details, stepMs: median(times) };
  } catch (error) {
    return { name, usable: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

function randomImages(count: number, { sampleShape, classNames }: Pick<TrialRequest, 'sampleShape' | 'classNames'>) {
  const [height, width, channels] = sampleShape;
  const pixels = Uint8Array.from({ length: count * height * width * channels }, (_, i) => (i * 2654435761) >>> 24);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classNames.length);
  return memoryDataset({ name: 'trial', pixels, labels, shape: [height, width, channels], classNames });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
