import { EVALUATION, type ForwardContext, Module } from '@cnn/core';
import { reshape, type Tensor } from '@tensorflow/tfjs-core';

/** The head of a model as a network of its own, for features as a loader gives them: `[N, H, W, C]`. */
export class FeatureHead extends Module {
  readonly head: Module;
  readonly #featureShape: readonly number[];

  /** @param featureShape Of one sample, as the head takes it: `[features]` or `[H, W, C]`. */
  constructor(head: Module, featureShape: readonly number[]) {
    super();
    this.head = head;
    this.#featureShape = featureShape;
  }

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.head.forward(reshape(x, [x.shape[0] ?? 1, ...this.#featureShape]), context);
  }
}
