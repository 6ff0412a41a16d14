import {
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Linear,
  MaxPool2d,
  Module,
  ReLU,
  Sequential,
} from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/**
 * The network of notebook 000: two convolutions, each pooled before its ReLU, and two linear layers with 64 units
 * between them. 220,234 parameters.
 */
export class SimpleCnn64 extends Module {
  /** Two 3 × 3 convolutions to 32 and 64 channels, each pooled, then ReLU: `[N, 7, 7, 64]`. */
  readonly features: Sequential;
  /** Flatten, 3136 features to 64, ReLU, 64 features to the logits. */
  readonly classifier: Sequential;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('SimpleCnn64', options, { smallestImage: 4 });
    const side = Math.floor(imageSize / 4);
    this.features = new Sequential(
      new Conv2d(inChannels, 32, 3, { padding: 1 }),
      new MaxPool2d(2, { stride: 2 }),
      new ReLU(),
      new Conv2d(32, 64, 3, { padding: 1 }),
      new MaxPool2d(2, { stride: 2 }),
      new ReLU(),
    );
    this.classifier = new Sequential(
      new Flatten(),
      new Linear(64 * side * side, 64),
      new ReLU(),
      new Linear(64, classes),
    );
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.features.forward(x, context);
    return this.classifier.forward(x, context);
  }
}
