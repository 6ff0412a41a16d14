/** Padding of a window operation, as tfjs-core takes it. */
export type WindowPadding = 'valid' | 'same' | number | readonly [readonly [number, number], readonly [number, number]];

/** One spatial axis of a sliding window. */
export interface WindowAxis {
  readonly inputSide: number;
  readonly outputSide: number;
  readonly kernelSide: number;
  readonly stride: number;
  readonly dilation: number;
  /** Padding before the first element. */
  readonly before: number;
}

/**
 * Output side and padding of one axis. `same` pads so that the output has `ceil(input / stride)` elements, more after
 * than before where it is odd; a number pads both ends alike.
 */
function windowAxis(
  inputSide: number,
  kernelSide: number,
  {
    stride,
    dilation,
    padding,
  }: { stride: number; dilation: number; padding: 'valid' | 'same' | number | readonly [number, number] },
): WindowAxis {
  const extent = (kernelSide - 1) * dilation + 1;
  if (padding === 'same') {
    const outputSide = Math.ceil(inputSide / stride);
    const total = Math.max(0, (outputSide - 1) * stride + extent - inputSide);
    return { inputSide, outputSide, kernelSide, stride, dilation, before: Math.floor(total / 2) };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : typeof padding === 'number' ? [padding, padding] : padding;
  const outputSide = Math.max(0, Math.floor((inputSide + before + after - extent) / stride) + 1);
  return { inputSide, outputSide, kernelSide, stride, dilation, before };
}

/** Attributes of a window operation over height and width. */
export interface WindowAttributes {
  readonly strides: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly padding: WindowPadding;
}

/** Both axes of a window over an image. */
export function windowAxes(
  [inputHeight, inputWidth]: readonly [number, number],
  [kernelHeight, kernelWidth]: readonly [number, number],
  { strides, dilations = [1, 1], padding }: WindowAttributes,
): { rows: WindowAxis; columns: WindowAxis } {
  const [paddingRows, paddingColumns] = typeof padding === 'object' ? padding : [padding, padding];
  return {
    rows: windowAxis(inputHeight, kernelHeight, { stride: strides[0], dilation: dilations[0], padding: paddingRows }),
    columns: windowAxis(inputWidth, kernelWidth, {
      stride: strides[1],
      dilation: dilations[1],
      padding: paddingColumns,
    }),
  };
}

/**
 * Calls `visit` for every pair of an output position and an input position that its window covers, outputs in
 * row-major order, positions of the window in row-major order; padding is not visited.
 */
export function forEachTap(
  { rows, columns }: { rows: WindowAxis; columns: WindowAxis },
  visit: (
    output: readonly [number, number],
    input: readonly [number, number],
    kernel: readonly [number, number],
  ) => void,
): void {
  for (let oh = 0; oh < rows.outputSide; oh++) {
    for (let ow = 0; ow < columns.outputSide; ow++) {
      for (let kh = 0; kh < rows.kernelSide; kh++) {
        const ih = oh * rows.stride - rows.before + kh * rows.dilation;
        if (ih < 0 || ih >= rows.inputSide) continue;
        for (let kw = 0; kw < columns.kernelSide; kw++) {
          const iw = ow * columns.stride - columns.before + kw * columns.dilation;
          if (iw >= 0 && iw < columns.inputSide) visit([oh, ow], [ih, iw], [kh, kw]);
        }
      }
    }
  }
}
