import type { Pair } from './pair.ts';

/** A window through which a layer sees its input. */
export interface LayerWindow {
  /** Height and width of the window in pixels of the layer's input. */
  readonly kernelSize: Pair;
  /** Pixels of its input from one window to the next. */
  readonly stride: Pair;
  /** Pixels of its input from one element of the window to the next. */
  readonly dilation: Pair;
  /** Padding before the first row and the first column. */
  readonly paddingBegin: Pair;
}

/** What one output pixel of a stack of layers sees of the image, in pixels of the image. */
export interface ReceptiveField {
  /** Rows and columns that it sees. */
  readonly size: Pair;
  /** Distance between what neighbours see. */
  readonly jump: Pair;
  /** Centre of what the first one sees; the image's first pixel is at 0.5. */
  readonly start: Pair;
}

/** The receptive field of a single pixel of the image itself. */
export const IMAGE_PIXEL: ReceptiveField = { size: [1, 1], jump: [1, 1], start: [0.5, 0.5] };

/**
 * The receptive field behind one more layer: `r + (k−1)·d·j`, the jump times `s`.
 *
 * @see https://distill.pub/2019/computing-receptive-fields/
 */
export function receptiveFieldAfter(field: ReceptiveField, window: LayerWindow): ReceptiveField {
  const both = (compute: (side: 0 | 1) => number): Pair => [compute(0), compute(1)];
  const reach = (side: 0 | 1): number => (window.kernelSize[side] - 1) * window.dilation[side];
  return {
    size: both((side) => field.size[side] + reach(side) * field.jump[side]),
    jump: both((side) => field.jump[side] * window.stride[side]),
    start: both((side) => field.start[side] + (reach(side) / 2 - window.paddingBegin[side]) * field.jump[side]),
  };
}

/** The receptive field of a pixel behind `windows`, the first nearest to the image. */
export function receptiveField(windows: readonly LayerWindow[]): ReceptiveField {
  return windows.reduce(receptiveFieldAfter, IMAGE_PIXEL);
}

/** Rows and columns of the image, each from its first to behind its last pixel; below 0 and beyond the image is padding. */
export interface SeenRegion {
  /** From the first row to the one behind the last, in pixels of the image; parts of it may lie outside. */
  readonly rows: readonly [begin: number, end: number];
  /** From the first column to the one behind the last, likewise. */
  readonly columns: readonly [begin: number, end: number];
}

/**
 * The part of the image that the unit at `row` and `column` of a map sees: `start + i·jump ± size/2`.
 *
 * @example
 * seenRegion({ size: [3, 3], jump: [1, 1], start: [1.5, 1.5] }, [0, 4]); // rows 0 to 3, columns 4 to 7
 */
export function seenRegion(field: ReceptiveField, unit: Pair): SeenRegion {
  const span = (side: 0 | 1): readonly [number, number] => {
    const begin = field.start[side] + unit[side] * field.jump[side] - field.size[side] / 2;
    return [begin, begin + field.size[side]];
  };
  return { rows: span(0), columns: span(1) };
}
