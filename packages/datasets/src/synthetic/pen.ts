/** Draws strokes with a round pen into a square canvas of coverage 0..1, anti-aliased. */
export class Pen {
  readonly side: number;
  /** Coverage of each pixel, row by row. */
  readonly ink: Float32Array;

  constructor(side: number) {
    this.side = side;
    this.ink = new Float32Array(side * side);
  }

  clear(): void {
    this.ink.fill(0);
  }

  /**
   * Draws the smooth curve (Catmull-Rom) through points, in pixels.
   *
   * @param points x0, y0, x1, y1, ...; only the first `length` numbers count.
   */
  curve(points: ArrayLike<number>, length: number, radius: number): void {
    const last = length / 2 - 1;
    for (let i = 0; i < last; i++) {
      const before = 2 * Math.max(i - 1, 0);
      const from = 2 * i;
      const to = from + 2;
      const after = 2 * Math.min(i + 2, last);
      this.#span(points, before, from, to, after, radius);
    }
  }

  #span(points: ArrayLike<number>, before: number, from: number, to: number, after: number, radius: number): void {
    const x1 = points[from]!;
    const y1 = points[from + 1]!;
    const x2 = points[to]!;
    const y2 = points[to + 1]!;
    const tangentX1 = (x2 - points[before]!) / 2;
    const tangentY1 = (y2 - points[before + 1]!) / 2;
    const tangentX2 = (points[after]! - x1) / 2;
    const tangentY2 = (points[after + 1]! - y1) / 2;
    const pieces = Math.max(1, Math.ceil((Math.abs(x2 - x1) + Math.abs(y2 - y1)) / 2));
    let x = x1;
    let y = y1;
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      const t2 = t * t;
      const t3 = t2 * t;
      const h1 = 2 * t3 - 3 * t2 + 1;
      const h2 = t3 - 2 * t2 + t;
      const h3 = 3 * t2 - 2 * t3;
      const h4 = t3 - t2;
      const nextX = h1 * x1 + h2 * tangentX1 + h3 * x2 + h4 * tangentX2;
      const nextY = h1 * y1 + h2 * tangentY1 + h3 * y2 + h4 * tangentY2;
      this.line(x, y, nextX, nextY, radius);
      x = nextX;
      y = nextY;
    }
  }

  /** Draws a straight line with round ends. */
  line(x0: number, y0: number, x1: number, y1: number, radius: number): void {
    const { side, ink } = this;
    const reach = radius + 0.5;
    const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
    const right = Math.min(side - 1, Math.ceil(Math.max(x0, x1) + reach));
    const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
    const bottom = Math.min(side - 1, Math.ceil(Math.max(y0, y1) + reach));
    const dx = x1 - x0;
    const dy = y1 - y0;
    const inverse = 1 / (dx * dx + dy * dy + 1e-12);
    for (let row = top; row <= bottom; row++) {
      const py = row - y0;
      for (let column = left; column <= right; column++) {
        const px = column - x0;
        const t = Math.min(Math.max((px * dx + py * dy) * inverse, 0), 1);
        const ex = px - t * dx;
        const ey = py - t * dy;
        const squared = ex * ex + ey * ey;
        if (squared >= reach * reach) continue;
        const coverage = Math.min(reach - Math.sqrt(squared), 1);
        const at = row * side + column;
        if (coverage > ink[at]!) ink[at] = coverage;
      }
    }
  }
}
