/** Inputs that one output sums over, and outputs that one input reaches. */
export interface Fan {
  /** Inputs of one output: channels of its group × kernel area, or features. */
  readonly fanIn: number;
  /** Outputs that one input reaches: out channels × kernel area, or out features. */
  readonly fanOut: number;
}

/**
 * Fans of a weight in PyTorch's layout: `[out, in]` or `[out, in/groups, kH, kW]`.
 *
 * @see https://pytorch.org/docs/stable/nn.init.html
 */
export function fanOf(shape: readonly number[]): Fan {
  const [out = 1, into = 1, ...kernel] = shape;
  const field = kernel.reduce((product, side) => product * side, 1);
  return { fanIn: into * field, fanOut: out * field };
}
