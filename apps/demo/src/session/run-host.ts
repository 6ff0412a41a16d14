import type { Config } from '@cnn/cli/config';
import { type BackendChoice, chooseBackend } from './backend-choice.ts';
import type { DataSources } from './data/data-sources.ts';
import { deviceLoss } from './device-loss.ts';
import type { RunHolder } from './open-run.ts';
import { openedEvent } from './opened-event.ts';
import { RunReporter } from './run-reporter.ts';
import { RunShelf } from './run-shelf.ts';
import type { SessionEvent, SessionListener, SessionStatus } from './session-event.ts';
import { TrainingRun } from './training-run.ts';
import { WeightHistory } from './weight-history.ts';

/** How long a run on a device that is lost may take to end. */
const LAST_BREATH_MS = 1000;

export interface OpenOptions {
  /** Go on from the last checkpoint that is kept. */
  readonly resume: boolean;
  /** It is the run that was open: same number, same history. */
  readonly sameRun?: boolean;
  /** Done when the former run is closed. Default: unless it goes on, its checkpoint is set aside. */
  readonly between?: () => Promise<unknown>;
  /** It is the run to go back to where another could not begin. */
  readonly goingBack?: boolean;
}

/** Holds the run of this thread: opens and closes it, walks its events and tells the page of them. */
export class RunHost implements RunHolder {
  readonly shelf: RunShelf;
  readonly #sources: DataSources;
  #listener: SessionListener = () => undefined;
  #told: Promise<void> = Promise.resolve();
  #run: TrainingRun | undefined;
  #status: SessionStatus = 'opening';
  #runs = 0;
  /** The run whose device is gone. */
  #lost: TrainingRun | undefined;
  #walk: Promise<void> = Promise.resolve();
  #awaitingRest: (() => void)[] = [];

  constructor(sources: DataSources) {
    this.#sources = sources;
    this.shelf = new RunShelf((title, detail) => this.tell({ type: 'info', title, detail }));
  }

  current(): TrainingRun | undefined {
    return this.#run;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  listen(listener: SessionListener): void {
    this.#listener = listener;
  }

  tell(event: SessionEvent): void {
    const heard = this.#listener(event);
    this.#told = Promise.allSettled([this.#told, heard]).then(() => undefined);
  }

  /** Resolves when the page has taken in everything that it was told so far. */
  told(): Promise<void> {
    return this.#told;
  }

  /** The next run has a greater number than `last`. */
  countFrom(last: number): void {
    this.#runs = Math.max(this.#runs, last);
  }

  /**
   * Opens what `config` names. The former run is closed when the new one stands; where that cannot be made it stays, and
   * where that cannot begin it is opened again.
   *
   * @throws CnnError for everything that can be known before the first batch.
   */
  async open(config: Config, { resume, sameRun = false, between, goingBack = false }: OpenOptions): Promise<void> {
    const wasRunning = this.#status === 'running';
    await this.pauseAndSave();
    const former = this.#run;
    const formerStatus = this.#status;
    this.#setStatus('opening');
    let putBack = async (): Promise<void> => undefined;
    try {
      const choice = await chooseBackend(config);
      const run = await this.#make(config, choice, sameRun ? former : undefined);
      await this.#close();
      if (between || !resume) putBack = await this.shelf.hold();
      if (between) await between();
      else if (!resume) await this.shelf.setAside();
      this.#run = run;
      if (resume) run.goOn();
      await this.begin(run);
      await this.shelf.remember(config);
      this.tell(openedEvent(run, choice.passedOver));
      if (!run.trainer.outcome) this.#setStatus(run.trainer.state.step > 0 ? 'paused' : 'ready');
      void this.shelf.forgetHistories(run.history.id);
      void deviceLoss().then((reason) => this.#recover(run, reason));
    } catch (error) {
      if (former && former === this.#run) await this.#stayWith(former, { wasRunning, formerStatus });
      else if (former && !goingBack) await this.#goBackTo(former, putBack);
      else this.#setStatus('failed');
      throw error;
    }
  }

  /** Walks the run's trainer, from a pause before its next step. @throws what keeps it from beginning. */
  begin(run: TrainingRun): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#walk = this.#follow(run, resolve, reject);
    });
  }

  /** Lets the run train: `start` pulls its lever. A pause that has not come yet comes no more; one at its end stays so. */
  train(run: TrainingRun, start: (run: TrainingRun) => void): void {
    const { outcome } = run.trainer;
    if (outcome) {
      this.#setStatus(outcome.status === 'failed' ? 'failed' : 'ended');
      return;
    }
    run.between.training = true;
    run.keeper.resumed();
    this.#setStatus('running');
    start(run);
  }

  /** Pauses after the step under way, and keeps where that was. */
  pause(): void {
    if (this.#status === 'running') this.#run?.keeper.pause();
  }

  /** Brings what is kept to the present, where the run trains, and pauses it there. */
  async pauseAndSave(): Promise<void> {
    if (this.#status !== 'running' || !this.#run) return;
    this.pause();
    const rested = new Promise<void>((resolve) => this.#awaitingRest.push(resolve));
    await Promise.race([rested, this.#walk]);
  }

  async #make(config: Config, { details }: BackendChoice, former: TrainingRun | undefined): Promise<TrainingRun> {
    const parts = await this.#sources.open(config);
    const id = former?.id ?? this.#runs + 1;
    const history = former?.history ?? new WeightHistory({ shelf: this.shelf.histories });
    const run = await TrainingRun.create({ id, config, backend: details, parts, store: this.shelf.store, history });
    this.#runs = Math.max(this.#runs, id);
    return run;
  }

  async #close(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    if (!run) return;
    run.trainer.stop('closed');
    await Promise.race([this.#walk, new Promise((resolve) => setTimeout(resolve, LAST_BREATH_MS))]);
    try {
      run.dispose();
    } catch {
      // Of a device that is lost: what it held is gone.
    }
  }

  async #follow(run: TrainingRun, begun: () => void, refused: (reason: unknown) => void): Promise<void> {
    const { trainer, between } = run;
    const reporter = new RunReporter((event) => this.tell(event), trainer.state);
    for await (const event of trainer) {
      if (event.type === 'run-start') begun();
      if (run !== this.#run || run.trainer !== trainer) continue; // it is being closed
      reporter.take(event, trainer.state, { pausing: trainer.paused });
      await between.drain();
      // The keeper asks for a checkpoint wherever the run pauses: with that it is at rest, and not before.
      if (trainer.paused && event.type === 'checkpoint') this.#rests(run);
    }
    between.training = false;
    refused(trainer.outcome?.errors[0]); // without effect once it has begun
    if (run !== this.#run || run.trainer !== trainer) return;
    if (trainer.outcome?.status === 'failed') await this.#failed(run, trainer.outcome.reason);
    else this.#setStatus('ended');
  }

  #rests(run: TrainingRun): void {
    run.between.training = false;
    if (this.#status === 'running') this.#setStatus('paused');
    for (const resolve of this.#awaitingRest.splice(0)) resolve();
  }

  async #failed(run: TrainingRun, reason: string): Promise<void> {
    const { name } = run.backend;
    if (name === 'webgpu' || name === 'webgl') return this.#recover(run, reason);
    this.tell({ type: 'problem', title: 'The training stopped', detail: reason });
    this.#setStatus('failed');
  }

  /** The graphics device is gone: the run goes on where it was last kept, on the CPU. */
  async #recover(run: TrainingRun, reason: string): Promise<void> {
    if (run !== this.#run || run === this.#lost) return;
    this.#lost = run; // it is told of twice: by the device and by the step that failed
    const wasRunning = this.#status === 'running';
    this.#setStatus('opening'); // nothing to pause or save there any more
    const kept = (await this.shelf.kept()) !== null;
    const title = `${run.backend.name} was lost`;
    try {
      await this.open({ ...run.config, backend: 'simd' }, { resume: kept, sameRun: true });
      const { step } = this.#run?.trainer.state ?? { step: 0 };
      this.tell({ type: 'info', title, detail: `${reason}\nThe run goes on on simd from step ${step}.` });
      if (wasRunning && this.#run) this.train(this.#run, (run) => run.trainer.resume());
    } catch (error) {
      this.#setStatus('failed');
      this.tell({ type: 'problem', title, detail: `${reason}\n${error instanceof Error ? error.message : error}` });
    }
  }

  /** A new run could not be made: the former one is as it was, and trains on if it did. */
  async #stayWith(
    former: TrainingRun,
    { wasRunning, formerStatus }: { wasRunning: boolean; formerStatus: SessionStatus },
  ): Promise<void> {
    await chooseBackend({ ...former.config, backend: former.backend.name });
    this.tell({ type: 'config', config: former.config });
    this.#setStatus(formerStatus);
    if (wasRunning) this.train(former, (run) => run.trainer.resume());
  }

  /** A new run was made and could not begin, when the former one was closed: that is opened where it was. */
  async #goBackTo(former: TrainingRun, putBack: () => Promise<void>): Promise<void> {
    try {
      await putBack();
      await this.open(former.config, { resume: former.trainer.state.step > 0, goingBack: true });
    } catch {
      // Its status says so; what is thrown is why the other could not begin.
    }
  }

  #setStatus(status: SessionStatus): void {
    this.#status = status;
    this.tell({ type: 'status', status });
  }
}
