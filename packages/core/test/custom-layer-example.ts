import { Layer, Parameter } from '@cnn/core';
import { mul, type Tensor } from '@tensorflow/tfjs-core';

/** Multiplies by a learned number. */
export class Scale extends Layer {
  readonly factor: Parameter = new Parameter(new Float32Array([1]), [1]);

  override get kind(): string {
    return 'Scale';
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    return inputShape;
  }

  protected override compute(input: Tensor): Tensor {
    return mul(input, this.factor.variable);
  }
}
