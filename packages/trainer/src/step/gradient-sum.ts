import type { Parameter } from '@cnn/core';
import { add, keep, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Gradients } from './gradients.ts';

/** Adds up the gradients of several batches on the device, for one update by their mean. */
export class GradientSum {
  readonly #sums = new Map<Parameter, Tensor>();

  /** A parameter may get a gradient from some batches only. */
  add(gradients: Gradients): void {
    for (const [parameter, gradient] of gradients) {
      const former = this.#sums.get(parameter);
      this.#sums.set(parameter, keep(former ? add(former, gradient) : gradient.clone()));
      former?.dispose();
    }
  }

  /** The mean over `count` batches, the last of which has `gradients`; forgets the sums. Call it within `tf.tidy`. */
  takeMean(gradients: Gradients, count: number): Gradients {
    if (count === 1) return gradients;
    this.add(gradients);
    const mean = new Map([...this.#sums].map(([parameter, sum]) => [parameter, tidy(() => mul(sum, 1 / count))]));
    this.dispose();
    return mean;
  }

  dispose(): void {
    for (const sum of this.#sums.values()) sum.dispose();
    this.#sums.clear();
  }
}
