import {
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Linear,
  LogSoftmax,
  MaxPool2d,
  Module,
  ReLU,
  Sequential,
} from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The LeNet-5 of another stranger's `mnist_cnn.pt`, for images of 32 × 32 as in the paper. The layers are named, which makes
 * its keys `convnet.c1.weight` and so on. 61,706 parameters.
 */
export default class LeNet532x32 extends Module {
  readonly convnet: Sequential = new Sequential({
    c1: new Conv2d(1, 6, 5),
    relu1: new ReLU(),
    s2: new MaxPool2d(2, { stride: 2 }),
    c3: new Conv2d(6, 16, 5),
    relu3: new ReLU(),
    s4: new MaxPool2d(2, { stride: 2 }),
    c5: new Conv2d(16, 120, 5),
    relu5: new ReLU(),
  });
  readonly flatten: Flatten = new Flatten();
  readonly fc: Sequential = new Sequential({
    f6: new Linear(120, 84),
    relu6: new ReLU(),
    f7: new Linear(84, 10),
    sig7: new LogSoftmax(-1),
  });

  /** @param x `[N, 32, 32, 1]`, normalised with mean 0.1307 and std 0.3081. @returns Log-probabilities `[N, 10]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const features = this.flatten.forward(this.convnet.forward(x, context), context);
    return this.fc.forward(features, context);
  }
}
