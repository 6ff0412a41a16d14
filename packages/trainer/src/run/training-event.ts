import type { Measures } from './measures.ts';
import type { Outcome } from './outcome.ts';
import type { EpochRecord } from './run-state.ts';

/** What a trainer yields, in the order in which it happens. Callbacks have seen an event before it is yielded. */
export type TrainingEvent =
  | { readonly type: 'run-start'; readonly resumedFromStep: number | null }
  | { readonly type: 'epoch-start'; readonly epoch: number }
  | {
      readonly type: 'step';
      readonly epoch: number;
      /** Updates done, this one included. */
      readonly step: number;
      /** Null where it was left on the device: it is read back every `logEverySteps`. */
      readonly loss: number | null;
      /** Learning rate of the first group in this step. */
      readonly lr: number;
    }
  | { readonly type: 'validation'; readonly epoch: number; readonly step: number; readonly measures: Measures }
  | { readonly type: 'epoch'; readonly record: EpochRecord }
  | { readonly type: 'checkpoint'; readonly name: string; readonly step: number; readonly sizeBytes: number }
  | { readonly type: 'run-end'; readonly outcome: Outcome };
