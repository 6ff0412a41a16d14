import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/**
 * LeNet-5 as it is trained today, with ReLU and max pooling. Its first convolution pads 28 pixels to the 32 of the paper.
 * 61,706 parameters.
 *
 * @see LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998,
 *   http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf
 */
export class LeNet5 extends Module {
  /** 5 × 5 with padding 2, to 6 channels. */
  readonly conv1: Conv2d;
  /** 5 × 5 without padding, 6 to 16 channels. */
  readonly conv2: Conv2d;
  /** Behind every layer with parameters but the last. */
  readonly relu: ReLU = new ReLU();
  /** 2 × 2, behind both convolutions. */
  readonly pool: MaxPool2d = new MaxPool2d(2);
  /** `[N, 5, 5, 16]` to `[N, 400]`. */
  readonly flatten: Flatten = new Flatten();
  /** 400 features to 120. */
  readonly fc1: Linear;
  /** 120 features to 84. */
  readonly fc2: Linear;
  /** 84 features to the logits. */
  readonly fc3: Linear;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('LeNet5', options, { smallestImage: 12 });
    const side = Math.floor((Math.floor(imageSize / 2) - 4) / 2);
    this.conv1 = new Conv2d(inChannels, 6, 5, { padding: 2 });
    this.conv2 = new Conv2d(6, 16, 5);
    this.fc1 = new Linear(16 * side * side, 120);
    this.fc2 = new Linear(120, 84);
    this.fc3 = new Linear(84, classes);
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.relu.forward(this.conv1.forward(x, context), context);
    x = this.pool.forward(x, context);
    x = this.relu.forward(this.conv2.forward(x, context), context);
    x = this.pool.forward(x, context);
    x = this.flatten.forward(x, context);
    x = this.relu.forward(this.fc1.forward(x, context), context);
    x = this.relu.forward(this.fc2.forward(x, context), context);
    return this.fc3.forward(x, context);
  }
}
