/** A transposed convolution along one axis: what the size of its output depends on. All in pixels. */
export interface TransposedAxis {
  readonly inputSize: number;
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation: number;
  readonly outputPadding: number;
}

/**
 * Output size of a transposed convolution along one axis: `(n−1)·s − 2p + d·(k−1) + outputPadding + 1`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html
 */
export function transposedOutputSize(axis: TransposedAxis): number {
  const { inputSize, kernelSize, stride, padding, dilation, outputPadding } = axis;
  return (inputSize - 1) * stride - 2 * padding + dilation * (kernelSize - 1) + outputPadding + 1;
}

/** The formula of the output size with its numbers, for example `(14−1)·2 − 2·0 + 1·(2−1) + 0 + 1 = 28`. */
export function transposedOutputFormula(axis: TransposedAxis): string {
  const { inputSize, kernelSize, stride, padding, dilation, outputPadding } = axis;
  const parts = `(${inputSize}−1)·${stride} − 2·${padding} + ${dilation}·(${kernelSize}−1) + ${outputPadding} + 1`;
  return `${parts} = ${transposedOutputSize(axis)}`;
}
