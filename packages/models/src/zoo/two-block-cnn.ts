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
 * The network of notebook 002: a block of two convolutions and a block of two linear layers with 128 units between them.
 * 421,642 parameters.
 */
export class TwoBlockCnn extends Module {
  /** Two 3 × 3 convolutions to 32 and 64 channels, each with ReLU and pooling: `[N, 7, 7, 64]`. */
  readonly conv_block: Sequential;
  /** Flatten, 3136 features to 128, ReLU, 128 features to the logits. */
  readonly fc_block: Sequential;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('TwoBlockCnn', options, { smallestImage: 4 });
    const side = Math.floor(imageSize / 4);
    this.conv_block = new Sequential(
      new Conv2d(inChannels, 32, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
      new Conv2d(32, 64, 3, { padding: 1 }),
      new ReLU(),
      new MaxPool2d(2),
    );
    this.fc_block = new Sequential(
      new Flatten(),
      new Linear(64 * side * side, 128),
      new ReLU(),
      new Linear(128, classes),
    );
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.conv_block.forward(x, context);
    return this.fc_block.forward(x, context);
  }
}
