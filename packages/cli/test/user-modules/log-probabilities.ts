import { EVALUATION, Flatten, type ForwardContext, Linear, LogSoftmax, Module, ReLU, Sequential } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

export default class LogProbabilities extends Module {
  layers: Sequential = new Sequential(
    new Flatten(),
    new Linear(784, 8),
    new ReLU(),
    new Linear(8, 10),
    new LogSoftmax(1),
  );

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.layers.forward(x, context);
  }
}
