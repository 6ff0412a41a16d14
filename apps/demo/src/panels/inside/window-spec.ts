/** How a window slides over an image: of a convolution or of a pooling. Each pair is rows, columns. */
export interface WindowSpec {
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Pixels before the first row and column. */
  readonly paddingBegin: readonly [number, number];
  /** Pixels behind the last. */
  readonly paddingEnd: readonly [number, number];
}

/** Values `[H, W, C]` in memory's order. */
export interface Maps {
  readonly values: Float32Array;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** A pixel of the input that a window covers; outside the image it is padding. */
export interface WindowPixel {
  readonly row: number;
  readonly column: number;
  readonly inside: boolean;
}

/** The pixels that the window of one output covers, row by row. */
export function windowPixels(
  spec: WindowSpec,
  [height, width]: readonly number[],
  [outputRow, outputColumn]: readonly [number, number],
): WindowPixel[] {
  const pixels: WindowPixel[] = [];
  for (let y = 0; y < spec.kernelSize[0]; y++) {
    for (let x = 0; x < spec.kernelSize[1]; x++) {
      const row = outputRow * spec.stride[0] - spec.paddingBegin[0] + y * spec.dilation[0];
      const column = outputColumn * spec.stride[1] - spec.paddingBegin[1] + x * spec.dilation[1];
      pixels.push({ row, column, inside: row >= 0 && column >= 0 && row < height! && column < width! });
    }
  }
  return pixels;
}

/** The value of a map at a pixel; that of padding outside the image. */
export function valueAt({ values, shape }: Maps, pixel: WindowPixel, channel: number, padding = 0): number {
  return pixel.inside ? values[(pixel.row * shape[1] + pixel.column) * shape[2] + channel]! : padding;
}
