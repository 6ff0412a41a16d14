import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

/** What the backward pass of a kernel needs kept from its forward pass. */
export interface SavedTensors {
  readonly inputs?: string[];
  /** Keep the first output. */
  readonly output?: boolean;
}

/** A thunk per input of a kernel, which computes its gradient if it is asked for. */
export type InputGradients = { [input: string]: () => Tensor };

/**
 * The gradient of a kernel with one output.
 *
 * @param gradient Given the gradient of the output, the saved inputs followed by the saved output, and the kernel's
 * attributes.
 */
export function defineGradient<Attrs extends NamedAttrMap = NamedAttrMap>(
  kernelName: string,
  saved: SavedTensors,
  gradient: (dy: Tensor, saved: Tensor[], attrs: Attrs) => InputGradients,
): GradConfig {
  return {
    kernelName,
    inputsToSave: saved.inputs ?? [],
    outputsToSave: saved.output ? [true] : [],
    gradFunc: (dy, tensors, attrs) => gradient(Array.isArray(dy) ? dy[0]! : dy, tensors, attrs as Attrs),
  };
}
