import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/**
 * The network of notebook 001: two convolutional blocks and two linear layers with 128 units between them, each layer a
 * field of its own. 421,642 parameters.
 */
export class SimpleCnn128 extends Module {
  /** 3 × 3 with padding 1, to 32 channels. */
  readonly conv1: Conv2d;
  /** Behind `conv1`. */
  readonly relu1: ReLU = new ReLU();
  /** 2 × 2: `[N, 14, 14, 32]` is left. */
  readonly pool1: MaxPool2d = new MaxPool2d(2);

  /** 3 × 3 with padding 1, 32 to 64 channels. */
  readonly conv2: Conv2d;
  /** Behind `conv2`. */
  readonly relu2: ReLU = new ReLU();
  /** 2 × 2: `[N, 7, 7, 64]` is left. */
  readonly pool2: MaxPool2d = new MaxPool2d(2);

  /** `[N, 7, 7, 64]` to `[N, 3136]`. */
  readonly flatten: Flatten = new Flatten();
  /** 3136 features to 128. */
  readonly linear1: Linear;
  /** Behind `linear1`. */
  readonly relu3: ReLU = new ReLU();
  /** 128 features to the logits. */
  readonly linear2: Linear;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('SimpleCnn128', options, { smallestImage: 4 });
    const side = Math.floor(imageSize / 4);
    this.conv1 = new Conv2d(inChannels, 32, 3, { padding: 1 });
    this.conv2 = new Conv2d(32, 64, 3, { padding: 1 });
    this.linear1 = new Linear(64 * side * side, 128);
    this.linear2 = new Linear(128, classes);
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.conv1.forward(x, context);
    x = this.relu1.forward(x, context);
    x = this.pool1.forward(x, context);
    x = this.conv2.forward(x, context);
    x = this.relu2.forward(x, context);
    x = this.pool2.forward(x, context);
    x = this.flatten.forward(x, context);
    x = this.linear1.forward(x, context);
    x = this.relu3.forward(x, context);
    return this.linear2.forward(x, context);
  }
}
