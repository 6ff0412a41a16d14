import { type Measures, NO_TRAIN_MEASURES, type TrainMeasures } from './measures.ts';
import type { BatchReading } from './run-fact.ts';

/** Where the best value so far was reached. */
export interface Best {
  /** `train.<name>` or `validation.<name>`. */
  readonly metric: string;
  /** Of that metric. */
  readonly value: number;
  /** From 1. */
  readonly epoch: number;
  /** Updates done by then. */
  readonly step: number;
}

/** One finished epoch. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Updates done when it ended. */
  readonly step: number;
  /** Of its training steps. */
  readonly train: TrainMeasures;
  /** Null where the run has no validation data. */
  readonly validation: Measures | null;
  /** Learning rates of the groups during its last step. */
  readonly lr: readonly number[];
  /** Duration, validation included. */
  readonly seconds: number;
}

/**
 * What a run knows of itself: host numbers, never tensors, all of it plain JSON. The loop is its only writer, through
 * `reduceRunState`; everyone else reads.
 */
export interface RunState {
  /** Number of the epoch that runs, or ran last, from 1; 0 before the first. */
  readonly epoch: number;
  /** True from the start of an epoch to its end. */
  readonly inEpoch: boolean;
  /** Optimizer updates done since the run began. */
  readonly step: number;
  /** Batches of the current epoch trained on. */
  readonly batch: number;
  /** Samples trained on since the run began. */
  readonly samplesSeen: number;
  /** Learning rates of the groups, for the next step. */
  readonly lr: readonly number[];
  /** Learning rates of the groups in the last step. */
  readonly lastLr: readonly number[];
  /** Of the current epoch, so far as its losses were read back. */
  readonly train: TrainMeasures;
  /** Loss of the last step (the mean over its batches) if it was read back right after it, else null. */
  readonly lastLoss: number | null;
  /** The first batch whose loss came back as NaN or infinite; null as long as all were numbers. */
  readonly nonFinite: Pick<BatchReading, 'step' | 'loss'> | null;
  /** Of the last validation. */
  readonly validation: Measures | null;
  /** By the metric that the run monitors. */
  readonly best: Best | null;
  /** The epochs that are over. */
  readonly history: readonly EpochRecord[];
  /** What there was to say to the person who reads the log. */
  readonly notices: readonly string[];
  /** Why the run is to stop, once someone asked for it. */
  readonly stopReason: string | null;
  /** Spent so far, sessions before a resume included, pauses not. */
  readonly seconds: number;
  /** Of these, spent on training steps and their data. */
  readonly trainSeconds: number;
  /** `seconds` when the current epoch started. */
  readonly epochStartedAt: number;
}

/** The state of a run that has not begun. */
export const INITIAL_RUN_STATE: RunState = {
  epoch: 0,
  inEpoch: false,
  step: 0,
  batch: 0,
  samplesSeen: 0,
  lr: [],
  lastLr: [],
  train: NO_TRAIN_MEASURES,
  lastLoss: null,
  nonFinite: null,
  validation: null,
  best: null,
  history: [],
  notices: [],
  stopReason: null,
  seconds: 0,
  trainSeconds: 0,
  epochStartedAt: 0,
};
