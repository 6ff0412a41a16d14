import { centerDigit } from '@cnn/datasets';
import { softmax, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { RunHolder } from './open-run.ts';

/** Looks into the network of the open run. */
export class InspectionService {
  readonly #holder: RunHolder;

  constructor(holder: RunHolder) {
    this.#holder = holder;
  }

  /**
   * Probabilities by class of a drawing, centred as MNIST's digits are. `rgba` is square, `side` pixels wide.
   *
   * @throws CnnError `invalid-argument` when nothing is drawn.
   */
  async read(rgba: Uint8ClampedArray, side: number): Promise<readonly number[]> {
    const run = this.#holder.current();
    if (!run) return [];
    const { pixels } = centerDigit({ pixels: new Uint8Array(rgba), shape: [side, side, 4] });
    const input = Float32Array.from(pixels, (pixel) => pixel / 255);
    return run.between.run(async () => {
      const probabilities = tidy(() => softmax(run.model.forward(tensor4d(input, [1, 28, 28, 1]))));
      const values = Array.from(await probabilities.data());
      probabilities.dispose();
      return values;
    });
  }
}
