/**
 * One convolution as the kernels see it: a field of i32 each, in this order; written by
 * src/kernels/conv/convolution-plan.ts. A forward pass and each phase of an input gradient are both of this form:
 * out[n, r, c, :] = sum over segments s of source[n, originRow + r * rowStep + .., originColumn + c * columnStep + .., :].
 */
@unmanaged
export class Convolution {
  sourceRows: i32;
  sourceColumns: i32;
  sourceChannels: i32;
  /** Source position of the first tap of output (0, 0); negative where there is padding. */
  originRow: i32;
  originColumn: i32;
  /** Rows and columns from the first tap to behind the last one. */
  spanRows: i32;
  spanColumns: i32;
  rowStep: i32;
  columnStep: i32;
  /** Contiguous runs of taps: addresses of their byte offsets from an output's first tap, and their length in floats. */
  segments: i32;
  segmentCount: i32;
  segmentLength: i32;
  outRows: i32;
  outColumns: i32;
  outChannels: i32;
  /** In floats: where outputs go. */
  outOffset: i32;
  outImageStride: i32;
  outRowStride: i32;
  outPixelStride: i32;
  rowsPerTask: i32;
  /** 1: rows are copied to scratch memory with zeros around them. 0: all taps lie inside. */
  padded: i32;
  /** 1: the taps of an output are copied together first, for sources of few channels. */
  gathered: i32;
  /** Address of one zero offset. */
  singleSegment: i32;
  /** Address of weights transformed for winograd.ts; 0 where outputs are computed tap by tap. */
  transformed: i32;
  /** 1: gathered taps are summed in double precision (tile/multiply-doubles.ts). */
  exact: i32;
}

/** Floats between rows of the source as the taps see it. */
@inline
export function rowPitch(shape: Convolution): i32 {
  if (!shape.padded) return shape.sourceColumns * shape.sourceChannels;
  // Winograd's tiles are two outputs wide: the last may reach one pixel further.
  const columns = shape.transformed ? (shape.outColumns + 1) & ~1 : shape.outColumns;
  return ((columns - 1) * shape.columnStep + shape.spanColumns) * shape.sourceChannels;
}
