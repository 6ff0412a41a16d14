import { type ColourMap, levelOf } from './colour-map.ts';
import { type TileLayout, tileCorner } from './tile-layout.ts';
import type { Tiles, ValueRange } from './tiles.ts';

/** RGBA pixels, row by row, as `ImageData` has them. */
export interface Picture {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
}

/** Paints tiles in their places; the gaps between them stay transparent. */
export function paintTiles(
  tiles: Tiles,
  { layout, ranges, colours }: { layout: TileLayout; ranges: readonly ValueRange[]; colours: ColourMap },
): Picture {
  const data = new Uint8ClampedArray(4 * layout.width * layout.height);
  const { values, height, width, strides } = tiles;
  for (let tile = 0; tile < layout.count; tile++) {
    const [top, left] = tileCorner(layout, tile);
    const [low, high] = ranges[tile]!;
    for (let row = 0; row < height; row++) {
      let from = tile * strides[0] + row * strides[1];
      let to = 4 * ((top + row) * layout.width + left);
      for (let column = 0; column < width; column++, from += strides[2], to += 4) {
        const level = 3 * levelOf(values[from]!, low, high);
        data[to] = colours[level]!;
        data[to + 1] = colours[level + 1]!;
        data[to + 2] = colours[level + 2]!;
        data[to + 3] = 255;
      }
    }
  }
  return { data, height: layout.height, width: layout.width };
}

/** Kernels `[O, 3, kH, kW]` of a layer that sees colours, as little colour images, each over its own range. */
export function paintColourFilters(values: Float32Array, layout: TileLayout): Picture {
  const data = new Uint8ClampedArray(4 * layout.width * layout.height);
  const { tileHeight, tileWidth } = layout;
  const area = tileHeight * tileWidth;
  for (let tile = 0; tile < layout.count; tile++) {
    const kernel = values.subarray(3 * area * tile, 3 * area * (tile + 1));
    const reach = kernel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const [top, left] = tileCorner(layout, tile);
    for (let pixel = 0; pixel < area; pixel++) {
      const [row, column] = [Math.floor(pixel / tileWidth), pixel % tileWidth];
      const to = 4 * ((top + row) * layout.width + left + column);
      for (let channel = 0; channel < 3; channel++) {
        data[to + channel] = levelOf(kernel[channel * area + pixel]!, -reach, reach);
      }
      data[to + 3] = 255;
    }
  }
  return { data, height: layout.height, width: layout.width };
}

/** An image `[H, W, 1]` or `[H, W, 3]` of floats over its own range, or of bytes. */
export function paintImage(pixels: Float32Array | Uint8Array, shape: readonly number[]): Picture {
  const [height, width, channels] = [shape[0]!, shape[1]!, shape[2]!];
  const data = new Uint8ClampedArray(4 * height * width);
  let [low, high] = [0, 255];
  if (pixels instanceof Float32Array) {
    [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of pixels) [low, high] = [Math.min(low, value), Math.max(high, value)];
    if (low === high) [low, high] = [Math.min(low, 0), Math.max(high, 1)]; // one even tone keeps being black, or white
  }
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = pixels[pixel * channels + (channels >= 3 ? channel : 0)]!;
      data[4 * pixel + channel] = levelOf(value, low, high);
    }
    data[4 * pixel + 3] = 255;
  }
  return { data, height, width };
}
