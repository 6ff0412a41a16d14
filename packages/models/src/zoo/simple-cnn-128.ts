import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/**
 * The network of notebook 001: two convolutional blocks and two linear layers with 128 units between them, each layer a
 * field of its own. 421,642 parameters.
 */
export class SimpleCnn128 extends Module {
  readonly conv1: Conv2d;
  readonly relu1: ReLU = new ReLU();
  readonly pool1: MaxPool2d = new MaxPool2d(2);

  readonly conv2: Conv2d;
  readonly relu2: ReLU = new ReLU();
  readonly pool2: MaxPool2d = new MaxPool2d(2);

  readonly flatten: Flatten = new Flatten();
  readonly linear1: Linear;
  readonly relu3: ReLU = new ReLU();
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
