import type { Measures } from './measures.ts';
import type { Outcome } from './outcome.ts';
import type { EpochRecord } from './run-state.ts';

/** The run begins. */
export interface RunStartEvent {
  /** Tells events apart. */
  readonly type: 'run-start';
  /** Updates done before, where the run goes on from a checkpoint. */
  readonly resumedFromStep: number | null;
}

/** An epoch begins; not told when a run is resumed within it. */
export interface EpochStartEvent {
  /** Tells events apart. */
  readonly type: 'epoch-start';
  /** From 1. */
  readonly epoch: number;
}

/** An optimizer update was done. */
export interface StepEvent {
  /** Tells events apart. */
  readonly type: 'step';
  /** From 1. */
  readonly epoch: number;
  /** Updates done, this one included. */
  readonly step: number;
  /** Null where it was left on the device: it is read back every `logEverySteps`. */
  readonly loss: number | null;
  /** Learning rate of the first group in this step. */
  readonly lr: number;
}

/** The model was evaluated on the validation data. */
export interface ValidationEvent {
  /** Tells events apart. */
  readonly type: 'validation';
  /** From 1. */
  readonly epoch: number;
  /** Updates done. */
  readonly step: number;
  /** Loss and metrics. */
  readonly measures: Measures;
}

/** An epoch is over. */
export interface EpochEvent {
  /** Tells events apart. */
  readonly type: 'epoch';
  /** What it came to. */
  readonly record: EpochRecord;
}

/** A checkpoint was written. */
export interface CheckpointEvent {
  /** Tells events apart. */
  readonly type: 'checkpoint';
  /** In the run's store. */
  readonly name: string;
  /** Updates done when it was taken. */
  readonly step: number;
  /** Of the file. */
  readonly sizeBytes: number;
}

/** The run is over: the last event, unless whoever walks them has left before. */
export interface RunEndEvent {
  /** Tells events apart. */
  readonly type: 'run-end';
  /** How it ended. */
  readonly outcome: Outcome;
}

/** What a trainer yields, in the order in which it happens. Callbacks have seen an event before it is yielded. */
export type TrainingEvent =
  | RunStartEvent
  | EpochStartEvent
  | StepEvent
  | ValidationEvent
  | EpochEvent
  | CheckpointEvent
  | RunEndEvent;
