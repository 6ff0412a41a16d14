/** Images of one size within one array: feature maps, filters, or single units. */
export interface Tiles {
  readonly values: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Distance in `values` between a tile and the next, a row and the next, a column and the next. */
  readonly strides: readonly [tile: number, row: number, column: number];
}

/** Least and greatest value. */
export type ValueRange = readonly [low: number, high: number];

/** Feature maps `[H, W, C]`: a tile for each channel, up to `most` of them. */
export function mapTiles(values: Float32Array, shape: readonly number[], most = Number.POSITIVE_INFINITY): Tiles {
  const [height, width, channels] = [shape[0]!, shape[1]!, shape[2]!];
  return { values, count: Math.min(channels, most), height, width, strides: [1, width * channels, channels] };
}

/** Units without a place `[features]`: a tile of one pixel each. */
export function unitTiles(values: Float32Array): Tiles {
  return { values, count: values.length, height: 1, width: 1, strides: [1, 1, 1] };
}

/** Kernels `[O, I, kH, kW]` in PyTorch's order: a tile for each output channel, as it looks at one input channel. */
export function filterTiles(values: Float32Array, shape: readonly number[], inputChannel: number): Tiles {
  const [outputs, inputs, height, width] = [shape[0]!, shape[1]!, shape[2]!, shape[3]!];
  const area = height * width;
  return {
    values: values.subarray(inputChannel * area),
    count: outputs,
    height,
    width,
    strides: [inputs * area, width, 1],
  };
}

/** The range of each tile: its own, or that of all. NaN and infinities do not count. */
export function tileRanges(tiles: Tiles, scale: 'each' | 'shared'): readonly ValueRange[] {
  const ranges = Array.from({ length: tiles.count }, (_, tile) => rangeOf(tiles, tile));
  if (scale === 'each') return ranges;
  const shared = joined(ranges);
  return ranges.map(() => shared);
}

/** The range as wide to both sides of zero. */
export function symmetricRange([low, high]: ValueRange): ValueRange {
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return [-reach, reach];
}

/** From the least to the greatest of all; `[0, 0]` of nothing. */
export function joined(ranges: readonly ValueRange[]): ValueRange {
  const finite = ranges.filter(([low]) => Number.isFinite(low));
  if (finite.length === 0) return [0, 0];
  return finite.reduce(([low, high], [nextLow, nextHigh]) => [Math.min(low, nextLow), Math.max(high, nextHigh)]);
}

function rangeOf({ values, height, width, strides }: Tiles, tile: number): ValueRange {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < height; row++) {
    let at = tile * strides[0] + row * strides[1];
    for (let column = 0; column < width; column++, at += strides[2]) {
      const value = values[at]!;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}
