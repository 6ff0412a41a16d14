import { EVALUATION, type ForwardContext, Module } from '@cnn/core';
import { reshape, type Tensor } from '@tensorflow/tfjs-core';

/** The head of a model as a network of its own, for features as a loader gives them: `[N, H, W, C]`. */
export class FeatureHead extends Module {
  /** The model's own layer: training it trains the model. */
  readonly head: Module;
  readonly #featureShape: readonly number[];

  /**
   * The layer that gives the logits, and what it takes.
   *
   * @param featureShape Of one sample, as the head takes it: `[features]` or `[H, W, C]`.
   */
  constructor(head: Module, featureShape: readonly number[]) {
    super();
    this.head = head;
    this.#featureShape = featureShape;
  }

  /**
   * Logits `[N, classes]` of features `[N, H, W, C]` as a loader gives them, which are brought to the head's shape
   * first.
   */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.head.forward(reshape(x, [x.shape[0] ?? 1, ...this.#featureShape]), context);
  }
}
