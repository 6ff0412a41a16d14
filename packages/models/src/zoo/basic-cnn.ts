import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/**
 * The network of notebook 004: two narrow convolutions and two linear layers with 128 units between them. One pooling
 * and one ReLU serve every block. 206,922 parameters.
 */
export class BasicCnn extends Module {
  /** 3 × 3 with padding 1, to 16 channels. */
  readonly conv1: Conv2d;
  /** 3 × 3 with padding 1, 16 to 32 channels. */
  readonly conv2: Conv2d;
  /** Behind `conv1`, `conv2` and `fc1`. */
  readonly relu: ReLU = new ReLU();
  /** 2 × 2, behind both convolutions. */
  readonly pool: MaxPool2d = new MaxPool2d(2, { stride: 2 });
  /** `[N, 7, 7, 32]` to `[N, 1568]`. */
  readonly flatten: Flatten = new Flatten();
  /** 1568 features to 128. */
  readonly fc1: Linear;
  /** 128 features to the logits. */
  readonly fc2: Linear;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('BasicCnn', options, { smallestImage: 4 });
    const side = Math.floor(imageSize / 4);
    this.conv1 = new Conv2d(inChannels, 16, 3, { padding: 1 });
    this.conv2 = new Conv2d(16, 32, 3, { padding: 1 });
    this.fc1 = new Linear(32 * side * side, 128);
    this.fc2 = new Linear(128, classes);
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.relu.forward(this.conv1.forward(x, context), context);
    x = this.pool.forward(x, context);
    x = this.relu.forward(this.conv2.forward(x, context), context);
    x = this.pool.forward(x, context);
    x = this.flatten.forward(x, context);
    x = this.relu.forward(this.fc1.forward(x, context), context);
    return this.fc2.forward(x, context);
  }
}
