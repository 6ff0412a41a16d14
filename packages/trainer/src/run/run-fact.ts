import type { Measures } from './measures.ts';
import type { Best } from './run-state.ts';

/** Losses and hits of one batch, read back from the device. */
export interface BatchReading {
  /** Loss of the batch as the step returned it. */
  readonly loss: number;
  /** Samples of the batch. */
  readonly samples: number;
  /** Samples whose highest score was their class; null where the step gives no logits. */
  readonly correct: number | null;
  /** The step it belonged to, from 1. */
  readonly step: number;
}

/** Something that happened, as the reducer is told. `seconds` is what the run has taken so far. */
export type RunFact =
  | { readonly type: 'epoch-started' }
  | {
      readonly type: 'step-done';
      readonly batches: number;
      readonly samples: number;
      readonly lr: readonly number[];
      readonly seconds: number;
    }
  | { readonly type: 'losses-read'; readonly readings: readonly BatchReading[] }
  | { readonly type: 'rates-set'; readonly lr: readonly number[] }
  | { readonly type: 'validated'; readonly measures: Measures; readonly seconds: number }
  | { readonly type: 'improved'; readonly best: Best }
  | { readonly type: 'epoch-ended'; readonly seconds: number }
  | { readonly type: 'stop-requested'; readonly reason: string }
  | { readonly type: 'noticed'; readonly message: string };
