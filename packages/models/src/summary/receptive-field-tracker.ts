import type { LayerDescription, Pair } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { PIXEL, type ReceptiveField, receptiveFieldAfter } from './receptive-field.ts';

/**
 * Follows receptive fields from layer to layer by the tensors that they pass on. Operations between layers (the sum of a
 * residual block, a function such as `relu`) make tensors that no layer has made: those are taken to see as much as the
 * widest output of the same shape.
 */
export class ReceptiveFieldTracker {
  readonly #image: Pair;
  readonly #byTensor = new Map<number, ReceptiveField | null>();
  readonly #byShape = new Map<string, ReceptiveField>();

  /** @param input The tensor that enters the model. */
  constructor(input: Tensor, image: Pair) {
    this.#image = image;
    this.#remember(input, PIXEL);
  }

  /** The field of the outputs of a layer; null where it cannot be told. */
  pass(layer: LayerDescription, input: Tensor, output: Tensor): Pair | null {
    const known = this.#byTensor.get(input.id);
    const before = known !== undefined ? known : (this.#byShape.get(String(input.shape)) ?? null);
    const whole: ReceptiveField = { size: this.#image, jump: this.#image };
    // A vector has no place in the image, whatever made it: all of the image may be in it.
    const field = before ? receptiveFieldAfter(layer, before, this.#image) : input.rank === 4 ? null : whole;
    this.#remember(output, field);
    return field?.size ?? null;
  }

  #remember(tensor: Tensor, field: ReceptiveField | null): void {
    this.#byTensor.set(tensor.id, field);
    const shape = String(tensor.shape);
    const widest = this.#byShape.get(shape);
    if (field && (!widest || field.size[0] > widest.size[0])) this.#byShape.set(shape, field);
  }
}
