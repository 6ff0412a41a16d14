import { simdBackend } from '@cnn/backend-simd';
import {
  cpuBackend,
  type Dataset,
  Generator,
  type Module,
  selectBackend,
  webgpuBackend,
  withGenerator,
} from '@cnn/core';
import { centerDigit, DataLoader, syntheticDigits } from '@cnn/datasets';
import { accuracy } from '@cnn/metrics';
import { createModel } from '@cnn/models';
import { Adam, type Optimizer, Sgd, type Trainer, type TrainingEvent, trainer } from '@cnn/trainer';
import { softmax, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { SessionConfig } from './session-config.ts';
import type { SessionEvent, StepPoint } from './session-event.ts';

/** How often the page hears of steps. */
const TELL_EVERY_MS = 100;

/** A training run in this thread, steered by the page and reporting to it. */
export class TrainingSession {
  readonly #tell: (event: SessionEvent) => void;
  #run: Trainer | undefined;
  #model: Module | undefined;
  #optimizer: Optimizer | undefined;
  #walk: Promise<void> = Promise.resolve();

  constructor(tell: (event: SessionEvent) => void) {
    this.#tell = tell;
  }

  /** Builds backend, data, model and run; the run waits before its first step. */
  async open(config: SessionConfig): Promise<void> {
    await this.close();
    this.#tell({ type: 'status', status: 'opening' });
    const backend = await selectBackend(config.backend, [simdBackend(), webgpuBackend(), cpuBackend()]);
    const generator = new Generator(config.seed);
    const model = withGenerator(generator, () => createModel(config.model.name));
    const { train, test } = digits(config);
    const data = new DataLoader(train, { batchSize: config.data.batchSize, shuffle: true, generator });
    const optimizer = optimizerOf(config, model);
    this.#model = model;
    this.#optimizer = optimizer;
    this.#run = trainer({
      model,
      data,
      validation: new DataLoader(test, { batchSize: 500 }),
      optimizer,
      metrics: [accuracy()],
      epochs: config.trainer.epochs,
      logEverySteps: 1,
      seed: config.seed,
      generators: { global: generator },
    });
    this.#run.pause();
    this.#walk = this.#follow(this.#run, config.data.batchSize);
    const parameterCount = model.parameters().reduce((sum, { size }) => sum + size, 0);
    this.#tell({ type: 'opened', backend, stepsPerEpoch: data.length, parameterCount, step: 0 });
    this.#tell({ type: 'status', status: 'ready' });
  }

  play(): void {
    this.#run?.resume();
    this.#tell({ type: 'status', status: 'running' });
  }

  pause(): void {
    this.#run?.pause();
    this.#tell({ type: 'status', status: 'paused' });
  }

  step(count: number): void {
    this.#run?.step(count);
  }

  setLearningRate(lr: number): void {
    for (const group of this.#optimizer?.groups ?? []) group.lr = lr;
  }

  /**
   * Probabilities by class of a drawing, centred as MNIST's digits are. `rgba` is square, `side` pixels wide.
   *
   * @throws CnnError `invalid-argument` when nothing is drawn.
   */
  async read(rgba: Uint8ClampedArray, side: number): Promise<readonly number[]> {
    const model = this.#model;
    if (!model) return [];
    const { pixels } = centerDigit({ pixels: new Uint8Array(rgba), shape: [side, side, 4] });
    const input = Float32Array.from(pixels, (pixel) => pixel / 255);
    const probabilities = tidy(() => softmax(model.forward(tensor4d(input, [1, 28, 28, 1]))));
    const values = Array.from(await probabilities.data());
    probabilities.dispose();
    return values;
  }

  /** Ends the run and frees what it holds. */
  async close(): Promise<void> {
    this.#run?.stop('closed');
    this.#run?.resume();
    await this.#walk;
    this.#optimizer?.dispose();
    this.#model?.dispose();
    this.#run = undefined;
  }

  async #follow(run: Trainer, batchSize: number): Promise<void> {
    let points: StepPoint[] = [];
    let toldAt = performance.now();
    const tellSteps = (): void => {
      if (points.length === 0) return;
      const now = performance.now();
      this.#tell({
        type: 'steps',
        steps: points,
        imagesPerSecond: (points.length * batchSize * 1000) / (now - toldAt),
      });
      points = [];
      toldAt = now;
    };
    for await (const event of run) {
      if (event.type === 'step' && event.loss !== null) points.push({ step: event.step, loss: event.loss });
      if (performance.now() - toldAt > TELL_EVERY_MS || run.paused || event.type !== 'step') {
        tellSteps();
        this.#tellEpoch(event);
        await nextTask(); // lets pause, step and requests of the page in
      }
    }
    if (run.outcome?.status === 'failed') this.#tell({ type: 'problem', message: run.outcome.reason });
    this.#tell({ type: 'status', status: 'ended' });
  }

  #tellEpoch(event: TrainingEvent): void {
    if (event.type !== 'epoch') return;
    const { epoch, step, train, validation } = event.record;
    this.#tell({
      type: 'epoch',
      epoch,
      step,
      train: train.accuracy ?? Number.NaN,
      test: validation?.accuracy ?? Number.NaN,
    });
  }
}

function digits({ seed, data }: SessionConfig): { train: Dataset; test: Dataset } {
  return {
    train: syntheticDigits({ split: 'train', count: data.samples.train, seed }),
    test: syntheticDigits({ split: 'test', count: data.samples.test, seed }),
  };
}

function optimizerOf({ optimizer }: SessionConfig, model: Module): Optimizer {
  const { lr, weightDecay } = optimizer;
  const parameters = model.parameters();
  return optimizer.name === 'sgd'
    ? new Sgd(parameters, { lr, weightDecay, momentum: 0.9 })
    : new Adam(parameters, { lr, weightDecay });
}

/** Messages are tasks: they get in between two of these. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
