import { EVALUATION, Flatten, type ForwardContext, Linear, Module, ReLU } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, checkInteger, classifierOptions } from './classifier-options.ts';

/** Options of `Mlp`. */
export interface MlpOptions extends ClassifierOptions {
  /** Units between the two linear layers. Default 512. */
  readonly hidden?: number;
}

/**
 * What the notebooks measure convolution against: the image as one long vector, one hidden layer of 512 units.
 * 407,050 parameters.
 */
export class Mlp extends Module {
  /** `[N, 28, 28, 1]` to `[N, 784]`. */
  readonly flatten: Flatten = new Flatten();
  /** 784 features to `hidden`. */
  readonly fc1: Linear;
  /** Behind `fc1`. */
  readonly relu: ReLU = new ReLU();
  /** `hidden` features to the logits. */
  readonly fc2: Linear;

  /** @throws CnnError `invalid-argument` for an option that is no legal value. */
  constructor({ hidden = 512, ...options }: MlpOptions = {}) {
    super();
    const { classes, inChannels, imageSize } = classifierOptions('Mlp', options);
    checkInteger('Mlp.hidden', hidden, 1);
    this.fc1 = new Linear(inChannels * imageSize * imageSize, hidden);
    this.fc2 = new Linear(hidden, classes);
  }

  /** @param x `[N, 28, 28, 1]`. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = this.flatten.forward(x, context);
    x = this.fc1.forward(x, context);
    x = this.relu.forward(x, context);
    return this.fc2.forward(x, context);
  }
}
