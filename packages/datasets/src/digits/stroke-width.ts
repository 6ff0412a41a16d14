import type { Plane } from './plane.ts';

/**
 * Mean width of the strokes, in pixels: twice the area over the outline. Of the outline, the pixel edges are counted;
 * over all directions they are 4/π times too long.
 */
export function strokeWidth({ values, height, width }: Plane): number {
  let area = 0;
  let edges = 0;
  const inked = (row: number, column: number): boolean =>
    row >= 0 && row < height && column >= 0 && column < width && values[row * width + column]! > 0.5;
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const here = inked(row, column);
      if (here) area++;
      if (here !== inked(row - 1, column)) edges++;
      if (here !== inked(row, column - 1)) edges++;
    }
  }
  return edges === 0 ? 0 : (2 * area) / (edges * (Math.PI / 4));
}

/** Widens strokes by `radius` pixels on each side, with a border of that width added for them to grow into. */
export function thicken({ values, height, width }: Plane, radius: number): Plane {
  const border = Math.ceil(radius);
  const outHeight = height + 2 * border;
  const outWidth = width + 2 * border;
  const result = new Float32Array(outHeight * outWidth);
  const reach = Math.ceil(radius + 0.5);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const weight = Math.min(1, radius + 0.5 - Math.hypot(dx, dy));
      if (weight <= 0) continue;
      for (let row = Math.max(0, -border - dy); row < Math.min(height, outHeight - border - dy); row++) {
        const target = (row + border + dy) * outWidth + border + dx;
        for (let column = 0; column < width; column++) {
          const at = target + column;
          const value = weight * values[row * width + column]!;
          if (column + border + dx >= 0 && column + border + dx < outWidth && value > result[at]!) result[at] = value;
        }
      }
    }
  }
  return { values: result, height: outHeight, width: outWidth };
}
