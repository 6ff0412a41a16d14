/** A window that slides along one axis: what the size of its output depends on. All in pixels. */
export interface WindowAxis {
  /** Pixels of the input along the axis. */
  readonly inputSize: number;
  /** Pixels of the window. */
  readonly kernelSize: number;
  /** Pixels of the input from one window to the next. */
  readonly stride: number;
  /** Pixels from one element of the window to the next. */
  readonly dilation: number;
  /** Padding before the first pixel. */
  readonly paddingBegin: number;
  /** Padding behind the last pixel. */
  readonly paddingEnd: number;
}

/** Pixels that a window spans: `dilation·(kernelSize − 1) + 1`. */
export function windowSpan({ kernelSize, dilation }: Pick<WindowAxis, 'kernelSize' | 'dilation'>): number {
  return dilation * (kernelSize - 1) + 1;
}

/**
 * Output size of a convolution or a pooling along one axis: `floor((n + 2p − d·(k−1) − 1)/s + 1)`.
 * Below 1 where the window does not fit.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Conv2d.html
 */
export function convOutputSize(axis: WindowAxis): number {
  const { inputSize, stride, paddingBegin, paddingEnd } = axis;
  return Math.floor((inputSize + paddingBegin + paddingEnd - windowSpan(axis)) / stride) + 1;
}

/**
 * Output size of a pooling with `ceilMode`: rounded up, but a window that would start in the padding behind the input
 * is left out.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.nn.MaxPool2d.html
 */
export function ceilOutputSize(axis: WindowAxis): number {
  const { inputSize, stride, paddingBegin, paddingEnd } = axis;
  const size = Math.ceil((inputSize + paddingBegin + paddingEnd - windowSpan(axis)) / stride) + 1;
  return (size - 1) * stride >= inputSize + paddingBegin ? size - 1 : size;
}

/**
 * The axis whose size rounded down is what `ceilMode` rounds up to: the last window is padded so far that it fits.
 */
export function ceilAxis(axis: WindowAxis): WindowAxis {
  const { inputSize, stride, paddingBegin } = axis;
  const reach = (ceilOutputSize(axis) - 1) * stride + windowSpan(axis);
  return { ...axis, paddingEnd: Math.max(0, reach - inputSize - paddingBegin) };
}

/** The formula of the output size with its numbers, for example `floor((28 + 2·1 − 1·(3−1) − 1)/1 + 1) = 28`. */
export function outputSizeFormula(axis: WindowAxis, { ceilMode = false }: { ceilMode?: boolean } = {}): string {
  const { inputSize, kernelSize, stride, dilation, paddingBegin, paddingEnd } = axis;
  const padding = paddingBegin === paddingEnd ? `2·${paddingBegin}` : `${paddingBegin} + ${paddingEnd}`;
  const size = ceilMode ? ceilOutputSize(axis) : convOutputSize(axis);
  const rounding = ceilMode ? 'ceil' : 'floor';
  return `${rounding}((${inputSize} + ${padding} − ${dilation}·(${kernelSize}−1) − 1)/${stride} + 1) = ${size}`;
}
