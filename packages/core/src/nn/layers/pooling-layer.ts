import { CnnError } from '../../errors/cnn-error.ts';
import { type ImageWindow, windowFormula, windowOutput, windowOver } from '../../shape/image-window.ts';
import { type Pair, type PairOption, toPair } from '../../shape/pair.ts';
import { windowSpan } from '../../shape/window-axis.ts';
import { Layer } from '../layer.ts';
import type { LayerDescription } from '../layer-description.ts';
import { imageShape } from './image-shape.ts';

/** Options that poolings share, with PyTorch's names and defaults. */
export interface PoolingOptions {
  /** Default: the kernel size. */
  readonly stride?: PairOption;
  /** Around the image, at most half the kernel. Default 0. */
  readonly padding?: PairOption;
  /** Round the output size up instead of down. Default false. */
  readonly ceilMode?: boolean;
}

/** A layer that makes one value of each window of each channel. */
export abstract class PoolingLayer extends Layer {
  /** Height and width of the window in pixels. */
  readonly kernelSize: Pair;
  /** Pixels from one window to the next. */
  readonly stride: Pair;
  /** Pixels from one element of the window to the next. */
  readonly dilation: Pair;
  /** Padding above and to the left of the image. */
  readonly paddingBegin: Pair;
  /** Padding below and to the right of the image. */
  readonly paddingEnd: Pair;
  /** Whether the output's size is rounded up. */
  readonly ceilMode: boolean;

  /** @throws CnnError `invalid-argument` naming the argument that is no legal value. */
  constructor(kind: string, kernelSize: PairOption, options: PoolingOptions & { readonly dilation?: PairOption }) {
    super();
    const { stride = kernelSize, padding = 0, dilation = 1, ceilMode = false } = options;
    this.kernelSize = toPair(kernelSize, `${kind}.kernelSize`);
    this.stride = toPair(stride, `${kind}.stride`);
    this.dilation = toPair(dilation, `${kind}.dilation`);
    this.paddingBegin = toPair(padding, `${kind}.padding`, { minimum: 0 });
    this.paddingEnd = this.paddingBegin;
    this.ceilMode = ceilMode;
    this.#checkPadding(kind);
  }

  override outputShape(inputShape: readonly number[]): readonly number[] {
    const [n, c, h, w] = imageShape(this.kind, inputShape);
    return [n, c, ...windowOutput(this.kind, this.windowOver(h, w), this)];
  }

  override describe(inputShape: readonly number[]): LayerDescription {
    const description = super.describe(inputShape);
    const [, , h, w] = inputShape;
    return { ...description, window: this, formula: windowFormula(this.windowOver(h!, w!), this) };
  }

  /** The window over images of `height` × `width`, before `ceilMode`. */
  protected windowOver(height: number, width: number): ImageWindow {
    return windowOver(this, height, width);
  }

  /** More would let a window see padding alone. */
  #checkPadding(kind: string): void {
    for (const side of [0, 1] as const) {
      const half = Math.floor(windowSpan({ kernelSize: this.kernelSize[side], dilation: this.dilation[side] }) / 2);
      if (this.paddingBegin[side] <= half) continue;
      throw new CnnError('invalid-argument', {
        where: `${kind}.padding`,
        expected: 'at most half of what the kernel spans',
        received: `${this.paddingBegin[side]} for a kernel of ${this.kernelSize[side]}`,
        remedy: `Pass at most ${half}`,
      });
    }
  }
}
