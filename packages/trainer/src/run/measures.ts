/** The loss, and every metric whose result is one number, by name: `{ loss: 0.03, accuracy: 0.99 }`. */
export type Measures = {
  /** Mean over samples. */
  readonly loss: number;
  /** Metrics by their names. */
  readonly [name: string]: number;
};

/**
 * What the training of one epoch has come to, over the batches whose losses were read back so far. The mean counts a
 * shorter last batch as one batch, as the notebooks' "average loss" does.
 */
export interface TrainMeasures {
  /** Sum of the batch losses. */
  readonly lossSum: number;
  /** `lossSum / batches`; NaN before the first. */
  readonly loss: number;
  /** Batches counted. */
  readonly batches: number;
  /** Samples counted. */
  readonly samples: number;
  /** Samples whose highest score was their class when they were trained on. */
  readonly correct: number;
  /** `correct / samples`; NaN where a step gives no logits. */
  readonly accuracy: number;
}

/** Before the first batch of an epoch. */
export const NO_TRAIN_MEASURES: TrainMeasures = {
  lossSum: 0,
  loss: Number.NaN,
  batches: 0,
  samples: 0,
  correct: 0,
  accuracy: Number.NaN,
};
