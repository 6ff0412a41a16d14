import { EVALUATION, type ForwardContext, Module } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { FeatureHead } from './feature-head.ts';

/**
 * A model whose forward pass begins at cached features. Its state dict is the whole model's, so that checkpoints of a
 * training on features hold the backbone too, and load into the model itself.
 *
 * @example
 * const { dataset, head } = await cacheFeatures(model, loader, { classNames });
 * await fit({ model: new ModelBehindBackbone(model, head), data: new DataLoader(dataset, { batchSize: 64 }), … });
 */
export class ModelBehindBackbone extends Module {
  readonly #head: FeatureHead;

  /** Shares the layers of `model`: training this trains that. */
  constructor(model: Module, head: FeatureHead) {
    super();
    this.#head = head;
    Object.assign(this, model);
  }

  /** Logits `[N, classes]` of features `[N, H, W, C]` as a loader gives them. */
  override forward(features: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.#head.forward(features, context);
  }
}
