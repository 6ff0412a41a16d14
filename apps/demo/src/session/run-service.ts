import { simdBackend } from '@cnn/backend-simd';
import type { Config } from '@cnn/cli/config';
import { cpuBackend, Generator, type Module, selectBackend, webgpuBackend, withGenerator } from '@cnn/core';
import { DataLoader, syntheticDigits } from '@cnn/datasets';
import { accuracy } from '@cnn/metrics';
import { createModel } from '@cnn/models';
import { Adam, type Optimizer, Sgd, type TrainingEvent, trainer } from '@cnn/trainer';
import { BetweenSteps } from './between-steps.ts';
import type { OpenRun, RunHolder } from './open-run.ts';
import type { SessionEvent, StepPoint } from './session-event.ts';
import { WeightHistory } from './weight-history.ts';

/** How often the page hears of steps. */
const TELL_EVERY_MS = 100;

type Tell = (event: SessionEvent) => void;

/** A training run in this thread, steered by the page and reporting to it. */
export class RunService implements RunHolder {
  #tell: Tell = () => undefined;
  #run: OpenRun | undefined;
  #runs = 0;
  #walk: Promise<void> = Promise.resolve();

  current(): OpenRun | undefined {
    return this.#run;
  }

  /** From now on `tell` hears what happens. */
  listen(tell: Tell): void {
    this.#tell = tell;
  }

  /** Builds backend, data, model and run; the run waits before its first step. */
  async open(config: Config): Promise<void> {
    await this.close();
    this.#tell({ type: 'status', status: 'opening' });
    const backend = await selectBackend(config.backend, [simdBackend(), webgpuBackend(), cpuBackend()]);
    const generator = new Generator(config.seed);
    const model = withGenerator(generator, () => createModel(config.model.name));
    const history = new WeightHistory();
    const { seed } = config;
    const train = syntheticDigits({ split: 'train', count: Number(config.data.trainCount), seed });
    const test = syntheticDigits({ split: 'test', count: Number(config.data.testCount), seed });
    const batchSize = Number(config.data.batchSize);
    const loader = new DataLoader(train, { batchSize, shuffle: true, generator });
    const optimizer = optimizerOf(config, model);
    const run = trainer({
      model,
      data: loader,
      validation: new DataLoader(test, { batchSize: Number(config.data.evalBatchSize) }),
      optimizer,
      metrics: [accuracy()],
      epochs: config.trainer.epochs,
      logEverySteps: config.trainer.logEverySteps,
      seed,
      generators: { data: generator },
      callbacks: [history.callback],
    });
    run.pause();
    this.#run = {
      id: ++this.#runs,
      config,
      backend,
      model,
      train,
      test,
      classNames: train.classNames,
      sampleShape: [28, 28, 1],
      transforms: [],
      augment: [],
      optimizer,
      trainer: run,
      generator,
      between: new BetweenSteps(),
      history,
      createTwin: () => withGenerator(new Generator(0), () => createModel(config.model.name)),
    };
    this.#walk = this.#follow(this.#run, batchSize);
    const parameterCount = model.parameters().reduce((sum, { size }) => sum + size, 0);
    const { id } = this.#run;
    const facts = { run: id, config, backend, stepsPerEpoch: loader.length, parameterCount };
    this.#tell({ type: 'opened', ...facts, step: 0, losses: [], epochs: [] });
    this.#tell({ type: 'status', status: 'ready' });
  }

  play(): void {
    if (!this.#run) return;
    this.#run.between.training = true;
    this.#run.trainer.resume();
    this.#tell({ type: 'status', status: 'running' });
  }

  pause(): void {
    if (!this.#run) return;
    this.#run.trainer.pause();
    this.#run.between.training = false;
    this.#tell({ type: 'status', status: 'paused' });
  }

  step(count: number): void {
    if (!this.#run) return;
    this.#run.between.training = true;
    this.#run.trainer.step(count);
  }

  setLearningRate(lr: number): void {
    for (const group of this.#run?.optimizer.groups ?? []) group.lr = lr;
  }

  /** Ends the run and frees what it holds. */
  async close(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.trainer.stop('closed');
    run?.trainer.resume();
    await this.#walk;
    run?.optimizer.dispose();
    run?.model.dispose();
  }

  async #follow({ trainer: run, between }: OpenRun, batchSize: number): Promise<void> {
    let points: StepPoint[] = [];
    let toldAt = performance.now();
    const tellSteps = (): void => {
      if (points.length === 0) return;
      const now = performance.now();
      const imagesPerSecond = (points.length * batchSize * 1000) / (now - toldAt);
      this.#tell({ type: 'steps', steps: points, imagesPerSecond });
      points = [];
      toldAt = now;
    };
    for await (const event of run) {
      if (event.type === 'step' && event.loss !== null) points.push({ step: event.step, loss: event.loss });
      if (performance.now() - toldAt > TELL_EVERY_MS || run.paused || event.type !== 'step') {
        tellSteps();
        this.#tellEpoch(event);
      }
      await between.drain();
      if (run.paused) between.training = false;
    }
    between.training = false;
    if (run.outcome?.status === 'failed') {
      this.#tell({ type: 'problem', title: 'The training stopped', detail: run.outcome.reason });
    }
    this.#tell({ type: 'status', status: 'ended' });
  }

  #tellEpoch(event: TrainingEvent): void {
    if (event.type !== 'epoch') return;
    const { epoch, step, train, validation } = event.record;
    const measures = (of: { loss?: number; accuracy?: number } | null) => ({
      loss: of?.loss ?? Number.NaN,
      accuracy: of?.accuracy ?? Number.NaN,
    });
    this.#tell({ type: 'epoch', epoch: { epoch, step, train: measures(train), test: measures(validation) } });
  }
}

function optimizerOf({ optimizer }: Config, model: Module): Optimizer {
  const options = { lr: Number(optimizer.lr), weightDecay: Number(optimizer.weightDecay) };
  const parameters = model.parameters();
  return optimizer.name === 'sgd' ? new Sgd(parameters, { ...options, momentum: 0.9 }) : new Adam(parameters, options);
}
