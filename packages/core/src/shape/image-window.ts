import { CnnError } from '../errors/cnn-error.ts';
import type { Pair } from './pair.ts';
import { ceilOutputSize, convOutputSize, outputSizeFormula, type WindowAxis, windowSpan } from './window-axis.ts';

/** A window over images: one axis for the height, one for the width. */
export type ImageWindow = readonly [height: WindowAxis, width: WindowAxis];

/** What a window over images is made of, whatever the image. */
export interface WindowSpec {
  readonly kernelSize: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly paddingBegin: Pair;
  readonly paddingEnd: Pair;
}

/** The window of `spec` over images of `height` × `width`. */
export function windowOver(spec: WindowSpec, height: number, width: number): ImageWindow {
  const axis = (i: 0 | 1, inputSize: number): WindowAxis => ({
    inputSize,
    kernelSize: spec.kernelSize[i],
    stride: spec.stride[i],
    dilation: spec.dilation[i],
    paddingBegin: spec.paddingBegin[i],
    paddingEnd: spec.paddingEnd[i],
  });
  return [axis(0, height), axis(1, width)];
}

/** Height and width that come out. @throws CnnError `invalid-shape` when the window does not fit the input. */
export function windowOutput(
  kind: string,
  window: ImageWindow,
  { ceilMode = false }: { ceilMode?: boolean } = {},
): Pair {
  const [height, width] = window.map((axis, i) => {
    const size = ceilMode ? ceilOutputSize(axis) : convOutputSize(axis);
    if (size < 1) {
      throw tooLarge(kind, axis, ['height', 'width'][i]!, ceilMode);
    }
    return size;
  });
  return [height!, width!];
}

/** The formulas of both sides with their numbers; one where they are the same. */
export function windowFormula(window: ImageWindow, { ceilMode = false }: { ceilMode?: boolean } = {}): string {
  const [height, width] = window.map((axis) => outputSizeFormula(axis, { ceilMode }));
  return height === width ? height! : `${height}; ${width}`;
}

function tooLarge(kind: string, axis: WindowAxis, side: string, ceilMode: boolean): CnnError {
  const room = axis.inputSize + axis.paddingBegin + axis.paddingEnd;
  const largest = Math.floor((room - 1) / axis.dilation) + 1;
  const smallest = windowSpan(axis) - axis.paddingBegin - axis.paddingEnd;
  return new CnnError('invalid-shape', {
    where: kind,
    expected: `an output ${side} of at least 1`,
    received: outputSizeFormula(axis, { ceilMode }),
    remedy: `Use a kernelSize of at most ${largest}, or an input ${side} of at least ${smallest}`,
  });
}
