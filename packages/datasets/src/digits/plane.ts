/** A grey image of floats, row by row. */
export interface Plane {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** Resizes to a smaller or equal size by averaging the area that each pixel covers. */
export function averageArea(plane: Plane, height: number, width: number): Plane {
  const rows = averageAxis(plane.values, { lines: plane.height, length: plane.width, to: width, alongRows: true });
  const values = averageAxis(rows, { lines: width, length: plane.height, to: height, alongRows: false });
  return { values, height, width };
}

/** Cuts out rows `top..bottom` and columns `left..right`, the last ones included. */
export function cutOut(plane: Plane, box: { top: number; bottom: number; left: number; right: number }): Plane {
  const height = box.bottom - box.top + 1;
  const width = box.right - box.left + 1;
  const values = new Float32Array(height * width);
  for (let row = 0; row < height; row++) {
    const start = (box.top + row) * plane.width + box.left;
    values.set(plane.values.subarray(start, start + width), row * width);
  }
  return { values, height, width };
}

function averageAxis(
  values: Float32Array,
  { lines, length, to, alongRows }: { lines: number; length: number; to: number; alongRows: boolean },
): Float32Array {
  const result = new Float32Array(lines * to);
  const scale = length / to;
  for (let i = 0; i < to; i++) {
    const from = i * scale;
    const end = Math.min(length, (i + 1) * scale);
    for (let x = Math.floor(from); x < end; x++) {
      const part = (Math.min(end, x + 1) - Math.max(from, x)) / scale;
      for (let line = 0; line < lines; line++) {
        const source = alongRows ? line * length + x : x * lines + line;
        const target = alongRows ? line * to + i : i * lines + line;
        result[target] = result[target]! + part * values[source]!;
      }
    }
  }
  return result;
}
