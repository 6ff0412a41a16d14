import type { Batch, Generator, LayerObserver } from '@cnn/core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { StopWatch } from '../run/stop-watch.ts';
import type { Gradients } from './gradients.ts';

/** A batch of an update. */
export interface StepPart {
  /** From 0. */
  readonly index: number;
  /** Batches of this update. */
  readonly count: number;
}

/** What a step is told besides its batch. */
export interface StepContext {
  /** Where random masks (dropout, mixup) come from. Its state is saved with every checkpoint. */
  readonly generator: Generator;
  /**
   * Which of the batches of one optimizer update this is. Without accumulation always `{ index: 0, count: 1 }`; with it,
   * parameters move at the last one only, by the mean of the gradients.
   */
  readonly part: StepPart;
  /** Splits the time of a step into its phases. */
  readonly watch: StopWatch;
  /** Set when someone asked to see the layers of this step: hand it to the forward pass. */
  readonly observe?: LayerObserver;
  /** Set when someone asked to see the gradients of this update: call it before they are clipped. Keep none. */
  readonly observeGradients?: (gradients: Gradients) => void;
}

/** Tensors of one step, on the device. Whoever calls the step disposes them. */
export interface StepResult {
  /** Mean loss of the batch, float32 `[]`. */
  readonly loss: Scalar;
  /** Scores `[N, classes]`, from which the running accuracy is counted; leave out where that means nothing. */
  readonly logits?: Tensor;
}

/**
 * The mathematics of a training step: it computes the loss of a batch and moves the parameters. The loop calls it and
 * never looks inside. The default is `supervisedStep`; a step of one's own may use several optimizers. It returns the
 * loss alone, or with the logits.
 */
export type Step = (batch: Batch, context: StepContext) => Scalar | StepResult;
