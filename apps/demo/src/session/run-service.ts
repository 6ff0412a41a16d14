import type { Config } from '@cnn/cli/config';
import { LAST_CHECKPOINT } from '@cnn/trainer';
import { differsInBackend, differsLive } from './live-settings.ts';
import type { RunChange } from './run-changes.ts';
import type { RunHost } from './run-host.ts';
import type { KeptRun } from './run-shelf.ts';
import type { SessionListener } from './session-event.ts';
import type { TrainingRun } from './training-run.ts';

/** Epochs that "train longer" adds. */
const MORE_EPOCHS = 10;

/**
 * The levers of the run, for the page. What is asked for is done in turn; only `pause` and `save` take effect at once.
 * When an answer comes, the page has heard everything that led to it.
 */
export class RunService {
  readonly #host: RunHost;
  #last: Promise<unknown> = Promise.resolve();
  /** Counts what withdraws the levers pulled before: a pause, and a run that could not begin. */
  #withdrawals = 0;

  constructor(host: RunHost) {
    this.#host = host;
  }

  /** From now on `listener` hears what happens. */
  listen(listener: SessionListener): void {
    this.#host.listen(listener);
  }

  /** What an earlier visit left: its configuration and how far it came; null when nothing is kept. */
  kept(): Promise<KeptRun | null> {
    return this.#host.shelf.kept();
  }

  /** The curves of runs of earlier visits, as the page gave them to `keepEarlier`; null where none are kept. */
  earlier(): Promise<string | null> {
    return this.#host.shelf.earlier();
  }

  /** Keeps the curves of runs before for the next visit. */
  keepEarlier(text: string): Promise<void> {
    return this.#host.shelf.keepEarlier(text);
  }

  /** Runs of this page are counted from the one after `last`: earlier visits had those before. */
  countFrom(last: number): void {
    this.#host.countFrom(last);
  }

  /** Takes up the run that is kept, at the step where it was saved. @throws CnnError when it cannot be. */
  restore({ config }: KeptRun): Promise<void> {
    return this.#inTurn(() => this.#host.open(config, { resume: true }));
  }

  /** Opens a new run. The one before is set aside, see `bringBack`. @throws CnnError when it cannot begin. */
  open(config: Config): Promise<void> {
    return this.#inTurn(() => this.#host.open(config, { resume: false }));
  }

  /** Goes back to the run that was set aside. @returns False where there is none. */
  bringBack(): Promise<boolean> {
    return this.#inTurn(async () => {
      const { shelf } = this.#host;
      const previous = await shelf.previous();
      if (previous) await this.#host.open(previous.config, { resume: true, between: () => shelf.exchange() });
      return previous !== null;
    });
  }

  /** What was changed in the open run after its first step. */
  changes(): readonly RunChange[] {
    const run = this.#host.current();
    return run ? run.changes.until(run.trainer.state.step) : [];
  }

  /** The bytes of the run as it is now: everything that its next step depends on, and its history. */
  file(): Promise<Uint8Array | undefined> {
    return this.#inTurn(async () => {
      const { status, shelf } = this.#host;
      await this.#host.pauseAndSave();
      if (status === 'running') this.#train((run) => run.trainer.resume());
      return shelf.store.read(LAST_CHECKPOINT);
    });
  }

  /** Opens a run from the bytes of a checkpoint, this page's or `cnn-cli`'s. @throws CnnError `invalid-file`. */
  openFile(bytes: Uint8Array): Promise<void> {
    return this.#inTurn(async () => {
      const { shelf } = this.#host;
      const { config } = await shelf.read(bytes);
      const between = async (): Promise<void> => {
        await shelf.setAside();
        await shelf.store.write(LAST_CHECKPOINT, bytes);
      };
      await this.#host.open(config, { resume: true, between });
    });
  }

  /**
   * Makes the run what `config` says: rates, dropout, batch size, augmentation and length change while it trains; on
   * another backend it goes on from where it is; everything else is a new run.
   *
   * @throws CnnError when it cannot begin; the run before stays.
   */
  configure(config: Config): Promise<void> {
    return this.#inTurn(async () => {
      const run = this.#host.current();
      if (run && JSON.stringify(config) === JSON.stringify(run.config)) return;
      if (run && differsLive(run.config, config)) await this.#configureLive(run, config);
      else if (run && differsInBackend(run.config, config)) await this.#moveTo(run, config);
      else await this.#host.open(config, { resume: false });
    });
  }

  /** Trains until told otherwise; after the end of a run, longer than it was to. */
  play(): Promise<void> {
    return this.#pull((run) => run.trainer.resume());
  }

  /** Takes `count` optimizer updates, then pauses. */
  step(count: number): Promise<void> {
    return this.#pull((run) => run.trainer.step(count));
  }

  /** Trains to the end of the epoch, then pauses. */
  epoch(): Promise<void> {
    return this.#pull((run) => {
      run.keeper.pauseAtEpochEnd();
      run.trainer.resume();
    });
  }

  /** Pauses after the step under way, and keeps where that was; a lever that waits for its turn is not pulled. */
  pause(): void {
    this.#withdrawals++;
    this.#host.pause();
  }

  /** Keeps the run as it is, as soon as the step under way is done. */
  save(): void {
    this.#host.current()?.keeper.save();
  }

  /** Lets the run train in its turn, unless that is withdrawn before. */
  #pull(start: (run: TrainingRun) => void): Promise<void> {
    const withdrawals = this.#withdrawals;
    const withdrawn = (): boolean => withdrawals !== this.#withdrawals;
    return this.#inTurn(async () => {
      if (!withdrawn()) await this.#readyToTrain();
      if (!withdrawn()) this.#train(start);
    });
  }

  #train(start: (run: TrainingRun) => void): void {
    const run = this.#host.current();
    if (run && this.#host.status !== 'opening') this.#host.train(run, start);
  }

  /** After the end of a run it is made longer; after a failure it goes back to where it was last kept. */
  async #readyToTrain(): Promise<void> {
    const run = this.#host.current();
    const outcome = run?.trainer.outcome;
    if (run && (this.#host.status === 'failed' || outcome?.status === 'failed')) {
      const resume = (await this.#host.shelf.kept()) !== null;
      await this.#host.open(run.config, { resume, sameRun: resume });
    } else if (run && outcome) {
      const { epoch } = run.trainer.state;
      const epochs = Math.max(run.config.trainer.epochs, epoch + MORE_EPOCHS);
      const { config } = run;
      await this.#configureLive(run, { ...config, trainer: { ...config.trainer, epochs, maxSteps: null } });
      run.goOn();
      await this.#host.begin(run);
    }
  }

  async #configureLive(run: TrainingRun, config: Config): Promise<void> {
    await run.configure(config);
    await this.#host.shelf.remember(config);
    this.#host.tell({ type: 'config', config });
  }

  async #moveTo(run: TrainingRun, config: Config): Promise<void> {
    const wasRunning = this.#host.status === 'running';
    await this.#host.pauseAndSave();
    const resume = run.trainer.state.step > 0;
    await this.#host.open(config, { resume, sameRun: true });
    if (wasRunning) this.#train((moved) => moved.trainer.resume());
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => {
      this.#withdrawals++; // what was to train was another run; the error is the caller's
    });
    return result.finally(() => this.#host.told());
  }
}
