import type { Plane } from './plane.ts';

/** Ink from which a pixel belongs to a stroke. */
const STROKE = 0.15;
/** Connected strokes smaller than this part of the largest are specks. */
const SPECK = 0.05;

/** The plane without specks, and the box of what is left. */
export interface CleanPlane {
  readonly plane: Plane;
  readonly box: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
}

/** Removes what is connected to no large stroke (dust, noise) and faint traces, and finds the box of the rest. */
export function withoutSpecks(plane: Plane): CleanPlane {
  const { height, width, values } = plane;
  const { labels, areas } = connectedStrokes(plane);
  const least = SPECK * Math.max(...areas);
  const kept = new Float32Array(values.length);
  const box = { top: height, bottom: -1, left: width, right: -1 };
  for (let i = 0; i < values.length; i++) {
    if (labels[i] === 0 || areas[labels[i]!]! < least) continue;
    kept[i] = values[i]!;
    const row = Math.floor(i / width);
    const column = i % width;
    box.top = Math.min(box.top, row);
    box.bottom = Math.max(box.bottom, row);
    box.left = Math.min(box.left, column);
    box.right = Math.max(box.right, column);
  }
  return { plane: { values: kept, height, width }, box };
}

/** Numbers the strokes that touch each other, corners included, from 1; `areas[n]` counts the pixels of stroke n. */
function connectedStrokes({ values, height, width }: Plane): { labels: Int32Array; areas: number[] } {
  const labels = new Int32Array(values.length);
  const areas = [0];
  const stack: number[] = [];
  for (let start = 0; start < values.length; start++) {
    if (values[start]! < STROKE || labels[start] !== 0) continue;
    const label = areas.length;
    areas.push(0);
    labels[start] = label;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      areas[label]!++;
      const row = Math.floor(at / width);
      const column = at % width;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const neighbour = y * width + x;
          if (values[neighbour]! < STROKE || labels[neighbour] !== 0) continue;
          labels[neighbour] = label;
          stack.push(neighbour);
        }
      }
    }
  }
  return { labels, areas };
}
