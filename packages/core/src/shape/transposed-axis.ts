/** A transposed convolution along one axis: what the size of its output depends on. All in pixels. */
export interface TransposedAxis {
  /** Pixels of the input along the axis. */
  readonly inputSize: number;
  /** Pixels of the kernel. */
  readonly kernelSize: number;
  /** Pixels of the output from one input pixel to the next. */
  readonly stride: number;
  /** Pixels that are cut from both ends of the output. */
  readonly padding: number;
  /** Pixels from one element of the kernel to the next. */
  readonly dilation: number;
  /** Pixels that are added at the end of the output. */
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
