import type { Tensor } from '@tensorflow/tfjs-core';
import { EVALUATION, type ForwardContext } from './forward-context.ts';
import type { LayerDescription } from './layer-description.ts';
import { refusedBy } from './layer-paths.ts';
import { Module } from './module.ts';
import { torchShape } from './torch-shape.ts';

/**
 * A module without submodules: it checks the shape of its input, computes, and shows both to the observer.
 * Subclasses say what they compute and what they know of shapes.
 */
export abstract class Layer extends Module {
  /** PyTorch's name of the layer, for example `Conv2d`. */
  abstract get kind(): string;

  /** Final: subclasses write `compute`. @throws CnnError `invalid-shape` when the layer cannot take this input. */
  override forward(input: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const output = refusedBy(this, () => {
      this.outputShape(torchShape(input.shape));
      return this.compute(input, this.frozen ? EVALUATION : context);
    });
    context.observe?.(this, input, output);
    return output;
  }

  /**
   * The shape that comes out for one that goes in, both in PyTorch's order `[N, C, H, W]` or `[N, features]`.
   *
   * @throws CnnError `invalid-shape` with the formula, its numbers and the nearest legal value.
   */
  abstract outputShape(inputShape: readonly number[]): readonly number[];

  /** What is known of the layer for inputs of this shape, without a tensor. @throws CnnError `invalid-shape`. */
  describe(inputShape: readonly number[]): LayerDescription {
    return {
      kind: this.kind,
      inputShape,
      outputShape: this.outputShape(inputShape),
      parameterCount: this.parameters().reduce((sum, parameter) => sum + parameter.size, 0),
      multiplyAdds: 0,
    };
  }

  /** @param input Of a shape that `outputShape` accepted; images are NHWC. */
  protected abstract compute(input: Tensor, context: ForwardContext): Tensor;
}
