import {
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  Linear,
  LogSoftmax,
  MaxPool2d,
  Module,
  relu,
} from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * The LeNet of a stranger's `mnist_cnn.pt`: 20 and 50 filters of 5 × 5, as Caffe had it. The fields have the names that the
 * checkpoint uses, so that it loads as it is. 431,080 parameters.
 */
export default class LeNet2050 extends Module {
  readonly conv1: Conv2d = new Conv2d(1, 20, 5);
  readonly conv2: Conv2d = new Conv2d(20, 50, 5);
  readonly pool: MaxPool2d = new MaxPool2d(2);
  readonly flatten: Flatten = new Flatten();
  readonly fc1: Linear = new Linear(50 * 4 * 4, 500);
  readonly fc2: Linear = new Linear(500, 10);
  readonly logSoftmax: LogSoftmax = new LogSoftmax(1);

  /** @param x `[N, 28, 28, 1]`, normalised with mean 0.1307 and std 0.3081. @returns Log-probabilities `[N, 10]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.pool.forward(relu(this.conv1.forward(x, context)), context);
    x = this.pool.forward(relu(this.conv2.forward(x, context)), context);
    x = relu(this.fc1.forward(this.flatten.forward(x, context), context));
    return this.logSoftmax.forward(this.fc2.forward(x, context), context);
  }
}
