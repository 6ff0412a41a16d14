import { EVALUATION, Flatten, type ForwardContext, Linear, Module } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

/** A linear classifier; `scale` shows that options arrive. */
export default class OwnNet extends Module {
  readonly flatten: Flatten = new Flatten();
  readonly fc: Linear;

  constructor({ classes, scale }: { classes: number; scale?: number }) {
    super();
    if (scale !== 2) throw new Error(`expected the option scale, received ${scale}`);
    this.fc = new Linear(784, classes);
  }

  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.fc.forward(this.flatten.forward(x, context), context);
  }
}
