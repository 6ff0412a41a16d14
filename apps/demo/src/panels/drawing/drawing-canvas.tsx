import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { setSketch, sketch } from '../../state/drawing-store.ts';
import { paintSketch } from './paint-sketch.ts';
import { extended, type InkPoint, lineWidth, undone, withStroke } from './sketch.ts';

const SIDE = 280;
/** How far an arrow key moves the pen; with Shift, five times as far. */
const KEY_STEP = 1 / 56;

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The sheet: pen, finger and mouse draw on it, and so do the arrow keys once the space bar has put the pen down. */
export function DrawingCanvas({ describedBy }: { readonly describedBy: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pointer = useRef<number | null>(null);
  const pen = useSignal({ x: 0.5, y: 0.25, down: false, shown: false });

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintSketch(context, sketch.value);
  }, [sketch.value]);

  const pointOf = (event: PointerEvent): InkPoint => {
    const { left, top, width, height } = canvas.current!.getBoundingClientRect();
    return { x: (event.clientX - left) / width, y: (event.clientY - top) / height, width: lineWidth(event) };
  };
  const start = (event: PointerEvent): void => {
    if (pointer.current !== null || event.button !== 0) return; // a second finger, or another button
    pointer.current = event.pointerId;
    canvas.current?.setPointerCapture(event.pointerId);
    pen.value = { ...pen.value, shown: false, down: false };
    setSketch(withStroke(sketch.value, pointOf(event)));
  };
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== pointer.current) return;
    const events = event.getCoalescedEvents?.() ?? [];
    setSketch(extended(sketch.value, (events.length > 0 ? events : [event]).map(pointOf)));
  };
  const end = (event: PointerEvent): void => {
    if (event.pointerId === pointer.current) pointer.current = null;
  };
  const press = (event: KeyboardEvent): void => {
    const { x, y, down } = pen.value;
    const width = lineWidth({ pointerType: 'keyboard', pressure: 0 });
    const arrow = ARROWS[event.key];
    if (arrow) {
      const reach = event.shiftKey ? 5 * KEY_STEP : KEY_STEP;
      const within = (value: number): number => Math.min(0.97, Math.max(0.03, value));
      const next = { x: within(x + arrow[0] * reach), y: within(y + arrow[1] * reach) };
      pen.value = { ...next, down, shown: true };
      if (down) setSketch(extended(sketch.value, [{ ...next, width }]));
    } else if (event.key === ' ' && !event.repeat) {
      pen.value = { x, y, down: !down, shown: true };
      if (!down) setSketch(withStroke(sketch.value, { x, y, width }));
    } else if (event.key === 'Backspace' || (event.key === 'z' && (event.ctrlKey || event.metaKey))) {
      pen.value = { ...pen.value, down: false };
      setSketch(undone(sketch.value));
    } else return;
    event.preventDefault();
  };

  return (
    // An application: arrow keys and space draw here instead of moving the page.
    <div
      class="sheet"
      role="application"
      aria-label="Sheet to draw on by keyboard"
      aria-describedby={describedBy}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is drawn on by keyboard, as an application is.
      tabIndex={0}
      onKeyDown={press}
      onBlur={() => {
        pen.value = { ...pen.value, shown: false, down: false };
      }}
    >
      <canvas
        ref={canvas}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label="Canvas to draw a digit on"
        onPointerDown={start}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      />
      {sketch.value.length === 0 && !pen.value.shown && (
        <span class="here" aria-hidden="true">
          draw here
        </span>
      )}
      {pen.value.shown && (
        <span
          class={pen.value.down ? 'pen down' : 'pen'}
          style={{ left: `${100 * pen.value.x}%`, top: `${100 * pen.value.y}%` }}
        />
      )}
    </div>
  );
}
