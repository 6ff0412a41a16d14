import { batch, type Signal, signal } from '@preact/signals';
import { paintSketch } from '../panels/drawing/paint-sketch.ts';
import { type Sketch, visiblePart } from '../panels/drawing/sketch.ts';
import type { Reading } from '../session/inspection-request.ts';
import { coalesced } from './coalesced.ts';
import { broughtWeights } from './network-card-store.ts';
import { runId, status, step } from './run-store.ts';
import { session } from './session-client.ts';

/** Side of the picture that is sent to be read. */
const SIDE = 280;
/** Least time between two readings: about 15 a second while one draws, less while only the network changes. */
const WHILE_DRAWING_MS = 66;
const WHILE_TRAINING_MS = 400;

/** What was drawn and brought. */
export const sketch: Signal<Sketch> = signal([]);
/** What the network makes of it; null before the first stroke. */
export const reading: Signal<Reading | null> = signal(null);
/** Why it cannot be read; null where it can. */
export const objection: Signal<string | null> = signal(null);
/** Counts the drawings that the Worker has: who shows them looks again. */
export const drawings: Signal<number> = signal(0);

/** Whether the sheet is on the screen: what the network learns meanwhile is read when one looks. */
export const drawingSeen: Signal<boolean> = signal(false);

let canvas: HTMLCanvasElement | undefined;

/** Reads the sketch as it is now, soon. */
const readSoon = coalesced(read, { everyMs: WHILE_DRAWING_MS });
const readAgain = coalesced(read, { everyMs: WHILE_TRAINING_MS, share: 0.1 });

/** Puts another sketch on the canvas, and has it read. */
export function setSketch(next: Sketch): void {
  sketch.value = next;
  if (next.length === 0) {
    batch(() => {
      reading.value = null;
      objection.value = null;
    });
  } else readSoon.request();
}

/** Has the sketch read again, by a network that has learnt meanwhile. */
export function rereadSketch(): void {
  void step.value;
  void [runId.value, broughtWeights.value];
  if (drawingSeen.value && sketch.peek().length > 0 && status.value !== 'opening') readAgain.request();
}

/** Pixels of the sketch, `[H, W, 4]`: a picture as it was brought, a drawing as large as it needs to be. */
function pixelsOf(current: Sketch): { data: Uint8ClampedArray; height: number; width: number } | null {
  const visible = visiblePart(current);
  if ('data' in visible) return visible;
  canvas ??= Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  paintSketch(context, current);
  return context.getImageData(0, 0, SIDE, SIDE);
}

async function read(): Promise<void> {
  const current = sketch.peek();
  const pixels = current.length > 0 ? pixelsOf(current) : null;
  if (!pixels) return;
  const { data, height, width } = pixels;
  const origin = 'data' in visiblePart(current) ? 'file' : 'drawing';
  try {
    const picture = { pixels: Uint8Array.from(data), shape: [height, width, 4] as const };
    const next = await session().inspection.read(picture, { origin, withSaliency: true });
    if (!next || sketch.peek().length === 0) return; // cleared meanwhile, or another run is being opened
    batch(() => {
      reading.value = next;
      objection.value = null;
      drawings.value++;
    });
  } catch (error) {
    batch(() => {
      reading.value = null; // what was read before is not on the sheet any more
      objection.value = error instanceof Error ? error.message : String(error);
    });
  }
}
