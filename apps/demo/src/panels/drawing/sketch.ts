/** A point of a stroke in units of the canvas: 0..1 from left and top; `width` of the line there. */
export interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** One line of the pen, from down to up. */
export interface Stroke {
  readonly kind: 'stroke';
  readonly points: readonly InkPoint[];
}

/** A picture that was brought instead of drawing: RGBA bytes. */
export interface BroughtPicture {
  readonly kind: 'picture';
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
}

/** Everything that was put on the canvas, oldest first: nothing is lost, undo takes the last one away. */
export type Sketch = readonly (Stroke | BroughtPicture)[];

/** Width of a line, drawn by mouse or finger. MNIST's strokes are about as wide, measured by the digit. */
const LINE = 0.075;

/** Width of the line under a pointer: a pen that is pressed harder draws wider. */
export function lineWidth({ pointerType, pressure }: Pick<PointerEvent, 'pointerType' | 'pressure'>): number {
  return pointerType === 'pen' && pressure > 0 ? LINE * (0.5 + pressure) : LINE;
}

/** A new stroke that begins at `point`. */
export function withStroke(sketch: Sketch, point: InkPoint): Sketch {
  return [...sketch, { kind: 'stroke', points: [point] }];
}

/** The last stroke, drawn further. */
export function extended(sketch: Sketch, points: readonly InkPoint[]): Sketch {
  const last = sketch.at(-1);
  if (last?.kind !== 'stroke') return sketch;
  return [...sketch.slice(0, -1), { kind: 'stroke', points: [...last.points, ...points] }];
}

/** The sketch without what came last. */
export function undone(sketch: Sketch): Sketch {
  return sketch.slice(0, -1);
}

/** What is to be seen: the picture that was brought last, or the strokes since. */
export function visiblePart(sketch: Sketch): BroughtPicture | readonly Stroke[] {
  const last = sketch.at(-1);
  if (last?.kind === 'picture') return last;
  const since = sketch.findLastIndex(({ kind }) => kind === 'picture') + 1;
  return sketch.slice(since).filter((item): item is Stroke => item.kind === 'stroke');
}
