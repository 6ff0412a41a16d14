import { type Sketch, type Stroke, visiblePart } from './sketch.ts';

/** What a canvas offers, on the page and elsewhere. */
type Context = CanvasRenderingContext2D;

/** Paints a sketch on a square canvas: white on black, or the picture that was brought, whole. */
export function paintSketch(context: Context, sketch: Sketch): void {
  const { width: side } = context.canvas;
  context.fillStyle = '#000';
  context.fillRect(0, 0, side, side);
  const visible = visiblePart(sketch);
  if ('data' in visible) {
    const whole = document.createElement('canvas');
    whole.width = visible.width;
    whole.height = visible.height;
    whole.getContext('2d')?.putImageData(new ImageData(visible.data, visible.width, visible.height), 0, 0);
    const scale = side / Math.max(visible.width, visible.height);
    const [width, height] = [visible.width * scale, visible.height * scale];
    context.imageSmoothingEnabled = scale < 4;
    context.drawImage(whole, (side - width) / 2, (side - height) / 2, width, height);
    return;
  }
  for (const stroke of visible) paintStroke(context, stroke);
}

/** Each piece has the width of its pen; round ends join them. */
function paintStroke(context: Context, { points }: Stroke): void {
  const { width: side } = context.canvas;
  context.strokeStyle = '#fff';
  context.lineCap = 'round';
  let from = points[0]!;
  for (const to of points.length > 1 ? points.slice(1) : points) {
    context.lineWidth = to.width * side;
    context.beginPath();
    context.moveTo(from.x * side, from.y * side);
    context.lineTo(to.x * side, to.y * side + (from === to ? 0.01 : 0)); // a dot is a line of no length
    context.stroke();
    from = to;
  }
}
