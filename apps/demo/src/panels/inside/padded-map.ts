import { DIVERGING, levelOf, SEQUENTIAL } from './colour-map.ts';
import type { Picture } from './paint-tiles.ts';
import type { Maps, WindowSpec } from './window-spec.ts';

/** One channel of maps as a picture, with its padding around. Its pixels are those of the padded map. */
export interface PaddedMap {
  readonly picture: Picture;
  /** Rows above and columns to the left of the map itself. */
  readonly offset: readonly [top: number, left: number];
  /** The greatest magnitude on it. */
  readonly reach: number;
}

/** Padding is neither: two greys, in squares. */
const PADDING = [150, 175] as const;

/** Paints a channel over its own range; negative and positive apart where there are both. */
export function paddedMap(
  { values, shape }: Maps,
  channel: number,
  { paddingBegin, paddingEnd }: Pick<WindowSpec, 'paddingBegin' | 'paddingEnd'>,
): PaddedMap {
  const [mapHeight, mapWidth, channels] = shape;
  const [top, left] = paddingBegin;
  const height = mapHeight + top + paddingEnd[0];
  const width = mapWidth + left + paddingEnd[1];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = channel; at < values.length; at += channels) {
    low = Math.min(low, values[at]!);
    high = Math.max(high, values[at]!);
  }
  const reach = Math.max(-low, high, 1e-6);
  const hasBoth = low < 0 && high > 0;
  if (hasBoth) [low, high] = [-reach, reach];
  const colours = hasBoth ? DIVERGING : SEQUENTIAL;
  const data = new Uint8ClampedArray(4 * height * width);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const to = 4 * (row * width + column);
      const [y, x] = [row - top, column - left];
      const isInside = y >= 0 && x >= 0 && y < mapHeight && x < mapWidth;
      const level = isInside ? 3 * levelOf(values[(y * mapWidth + x) * channels + channel]!, low, high) : 0;
      const grey = PADDING[(row + column) % 2]!;
      for (let part = 0; part < 3; part++) data[to + part] = isInside ? colours[level + part]! : grey;
      data[to + 3] = 255;
    }
  }
  return { picture: { data, height, width }, offset: [top, left], reach };
}

/** The cell of a channel with the greatest value: where what it looks for is most. The first of equals. */
export function strongestCell({ values, shape }: Maps, channel: number): readonly [row: number, column: number] {
  const [, width, channels] = shape;
  let best = channel;
  for (let at = channel; at < values.length; at += channels) if (values[at]! > values[best]!) best = at;
  const cell = Math.floor(best / channels);
  return [Math.floor(cell / width), cell % width];
}

/** Middles `[x, y]` of all windows on the padded map; none where there is one on every pixel. */
export function windowMiddles(
  { kernelSize, stride, dilation }: Pick<WindowSpec, 'kernelSize' | 'stride' | 'dilation'>,
  [height, width]: readonly [number, number],
): readonly (readonly [x: number, y: number])[] {
  if (stride[0] === 1 && stride[1] === 1) return [];
  const middle = (axis: 0 | 1, at: number): number =>
    at * stride[axis] + (dilation[axis] * (kernelSize[axis] - 1) + 1) / 2;
  return Array.from({ length: height * width }, (_, cell) => [
    middle(1, cell % width),
    middle(0, Math.floor(cell / width)),
  ]);
}

/** The output cell whose window has its middle nearest to a place `[row, column]` of the padded map. */
export function cellNear(
  place: readonly [number, number],
  { kernelSize, stride, dilation }: Pick<WindowSpec, 'kernelSize' | 'stride' | 'dilation'>,
  output: readonly [number, number],
): readonly [row: number, column: number] {
  const along = (axis: 0 | 1): number => {
    const middle = (dilation[axis] * (kernelSize[axis] - 1) + 1) / 2;
    return Math.min(output[axis] - 1, Math.max(0, Math.round((place[axis] - middle) / stride[axis])));
  };
  return [along(0), along(1)];
}

/** The cell that a key leads to; null for a key that leads nowhere. */
export function cellAfterKey(
  [row, column]: readonly [number, number],
  key: string,
  [height, width]: readonly [number, number],
): readonly [number, number] | null {
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const step = steps[key];
  if (!step) return null;
  const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  return [within(row + step[0], height), within(column + step[1], width)];
}

/** The next cell in the order in which one reads; the first after the last. */
export function cellAfter(
  [row, column]: readonly [number, number],
  [height, width]: readonly [number, number],
): readonly [number, number] {
  const next = (row * width + column + 1) % (height * width);
  return [Math.floor(next / width), next % width];
}
