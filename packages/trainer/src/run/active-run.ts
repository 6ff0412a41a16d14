import { type Batch, CnnError, type Module, type StateDict } from '@cnn/core';
import { type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { type StepInspection, StepInspector } from '../inspect/step-inspector.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { ScheduleInterval } from '../schedules/schedule.ts';
import type { StepContext } from '../step/step.ts';
import { improves, monitoredValue } from './monitor.ts';
import type { Outcome } from './outcome.ts';
import { ReadBack } from './read-back.ts';
import { reduceRunState } from './reduce-run-state.ts';
import type { Run } from './run.ts';
import { RunClock } from './run-clock.ts';
import type { RunFact } from './run-fact.ts';
import type { RunParts } from './run-parts.ts';
import type { RunPlan } from './run-plan.ts';
import { INITIAL_RUN_STATE, type RunState } from './run-state.ts';

/** A run under way: holds its state, and changes it by facts alone. */
export class ActiveRun implements Run {
  readonly parts: RunParts;
  readonly plan: RunPlan;
  readonly model: Module;
  readonly optimizers: Readonly<Record<string, Optimizer>>;
  readonly clock: RunClock = new RunClock();
  readonly readBack: ReadBack = new ReadBack();
  /** Names under which checkpoints were asked for at this moment, and names to be removed after. */
  readonly checkpointRequests: { write: Set<string>; remove: Set<string> } = { write: new Set(), remove: new Set() };
  /** What went wrong, first to last. */
  readonly errors: Error[] = [];
  /** The evaluation of the test data, once it is done. */
  test: Evaluation | null = null;
  /** True when the loop was walked to its end without an error. */
  reachedTheEnd = false;
  outcome: Outcome | null = null;
  batches: readonly Batch[] = [];
  inspection: StepInspection | null = null;
  #inspector: StepInspector | null = null;
  #state: RunState = INITIAL_RUN_STATE;
  #averageAdopted = false;

  constructor(parts: RunParts) {
    this.parts = parts;
    this.plan = parts.plan;
    this.model = parts.model;
    this.optimizers = parts.optimizers;
    this.tell({ type: 'rates-set', lr: parts.schedules.lr });
  }

  get state(): RunState {
    return this.#state;
  }

  /** Changes the state, the one way there is. */
  tell(fact: RunFact): void {
    this.#state = reduceRunState(this.#state, fact);
  }

  /** Takes up the state of a checkpoint. */
  resumeFrom(state: RunState): void {
    this.#state = { ...state, stopReason: null };
    this.clock.restart(state.seconds);
  }

  /** True once the run is to end as soon as the current step or evaluation is over. */
  get isToStop(): boolean {
    return this.parts.control.interrupted || this.stopReason !== null;
  }

  get isInterrupted(): boolean {
    return this.parts.control.interrupted;
  }

  get stopReason(): string | null {
    return this.#state.stopReason ?? this.parts.control.stopReason;
  }

  /** True once all epochs or steps are done. */
  get isDone(): boolean {
    const { epoch, inEpoch, step } = this.#state;
    const { epochs, maxSteps } = this.plan;
    return !inEpoch && (epoch >= epochs || (maxSteps !== null && step >= maxSteps));
  }

  /** Whether another step is to be taken in this epoch; waits while the run is paused. */
  async mayStep(): Promise<boolean> {
    const { maxSteps } = this.plan;
    if (maxSteps !== null && this.#state.step >= maxSteps) return false;
    if (this.isToStop) return false;
    await this.parts.control.proceed(this.clock);
    return !this.isToStop;
  }

  /** What the step is told of the `index`-th of `count` batches of an update. */
  stepContext(index: number, count: number): StepContext {
    const { generators, watch } = this.parts;
    const context = { generator: generators.dropout, part: { index, count }, watch };
    this.#inspector?.beginBatch();
    if (!this.#inspector) return context;
    const { observe, observeGradients } = this.#inspector;
    return { ...context, observe, observeGradients };
  }

  requestInspection(): void {
    this.#inspector ??= new StepInspector(this.model);
  }

  /** Reads what was seen of the step that was just taken, if anyone asked. */
  async readInspection(): Promise<void> {
    this.inspection = this.#inspector ? await this.#inspector.read(this.#state.step) : null;
    this.#inspector = null;
  }

  /** Whether losses are to be read back after this step: every so many steps of the run, and of the epoch. */
  get isReadBackDue(): boolean {
    const { logEverySteps, accumulate } = this.plan;
    const { step, batch } = this.#state;
    return step % logEverySteps === 0 || Math.ceil(batch / accumulate) % logEverySteps === 0;
  }

  /** Frees what is still on the device. */
  dispose(): void {
    this.readBack.dispose();
    this.#inspector?.dispose();
    this.parts.average?.dispose();
  }

  /** Brings the losses that are still on the device into the state. */
  async readLosses(): Promise<void> {
    if (this.readBack.size > 0) this.tell({ type: 'losses-read', readings: await this.readBack.flush() });
  }

  /** Counts an update that was just done, and lets the schedule set the rates of the next. */
  endStep(batches: readonly Batch[]): void {
    this.batches = batches;
    this.parts.control.stepped();
    const samples = batches.reduce((sum, { size }) => sum + size, 0);
    const { lr } = this.#state;
    this.tell({ type: 'step-done', batches: batches.length, samples, lr, seconds: this.clock.seconds });
    this.#advanceSchedules('step');
  }

  /** Takes in what a validation found. */
  endValidation({ measures }: Evaluation): void {
    this.tell({ type: 'validated', measures, seconds: this.clock.seconds });
    this.#advanceSchedules('validation');
  }

  /** Closes the epoch: best value so far, history, schedule. */
  endEpoch(): void {
    const { monitor, mode } = this.plan.monitor;
    const { epoch, step, best } = this.#state;
    const value = monitoredValue(this.#state, monitor);
    if (improves(value, best?.value ?? null, mode)) {
      this.tell({ type: 'improved', best: { metric: monitor, value, epoch, step } });
    }
    this.tell({ type: 'epoch-ended', seconds: this.clock.seconds });
    this.#advanceSchedules('epoch');
  }

  /** Loss and metrics on `data`, by the averaged weights where the run averages; null when the run is interrupted. */
  async evaluate(data: AsyncIterable<Batch>, limitBatches: number | null): Promise<Evaluation | null> {
    const { loss, metrics, average, control } = this.parts;
    const work = (): Promise<Evaluation> =>
      evaluate(this.model, data, { loss, metrics, limitBatches, signal: control.signal });
    try {
      return await (average && !this.#averageAdopted ? average.during(work) : work());
    } catch (error) {
      if (control.interrupted && error instanceof CnnError && error.code === 'aborted') return null;
      throw error;
    }
  }

  requestStop(reason: string): void {
    this.tell({ type: 'stop-requested', reason });
  }

  requestCheckpoint(name: string): void {
    this.checkpointRequests.write.add(name);
  }

  removeCheckpoint(name: string): void {
    this.checkpointRequests.remove.add(name);
  }

  notice(message: string): void {
    this.tell({ type: 'noticed', message });
  }

  async weights(): Promise<StateDict> {
    const { average } = this.parts;
    return average && !this.#averageAdopted ? average.weights() : this.model.stateDict();
  }

  /** Training is over: from now on the model holds the average for good. */
  adoptAverage(): void {
    this.parts.average?.adopt();
    this.#averageAdopted = true;
  }

  #advanceSchedules(moment: ScheduleInterval): void {
    const { schedules } = this.parts;
    schedules.advance(moment, this.#state);
    this.tell({ type: 'rates-set', lr: schedules.lr });
  }
}
