import { Conv2d, EVALUATION, Flatten, type ForwardContext, Linear, MaxPool2d, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, classifierOptions } from './classifier-options.ts';

/** The network of notebook 003: one convolution without padding, one pooling, one linear layer. 27,210 parameters. */
export class TinyCnn extends Module {
  /** 3 × 3 without padding, to 16 channels. */
  readonly conv1: Conv2d;
  /** Behind `conv1`. */
  readonly relu: ReLU = new ReLU();
  /** 2 × 2: `[N, 13, 13, 16]` is left. */
  readonly pool: MaxPool2d = new MaxPool2d(2, { stride: 2 });
  /** `[N, 13, 13, 16]` to `[N, 2704]`. */
  readonly flatten: Flatten = new Flatten();
  /** 2704 features to the logits. */
  readonly fc1: Linear;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor(options: ClassifierOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('TinyCnn', options, { smallestImage: 4 });
    const side = Math.floor((imageSize - 2) / 2);
    this.conv1 = new Conv2d(inChannels, 16, 3);
    this.fc1 = new Linear(16 * side * side, classes);
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.conv1.forward(x, context);
    x = this.relu.forward(x, context);
    x = this.pool.forward(x, context);
    x = this.flatten.forward(x, context);
    return this.fc1.forward(x, context);
  }
}
