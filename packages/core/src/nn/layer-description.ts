import type { LayerWindow } from '../shape/receptive-field.ts';

/** What is known of a layer without a tensor. Shapes in PyTorch's order: `[N, C, H, W]` or `[N, features]`. */
export interface LayerDescription {
  /** PyTorch's name of the layer, for example `Conv2d`. */
  readonly kind: string;
  /** In PyTorch's order: `[N, C, H, W]` or `[N, features]`. */
  readonly inputShape: readonly number[];
  /** In PyTorch's order, as `inputShape`. */
  readonly outputShape: readonly number[];
  /** Elements of the layer's own parameters. */
  readonly parameterCount: number;
  /** Pairs of one multiplication and one addition in a pass over the whole input, all N samples. */
  readonly multiplyAdds: number;
  /** Absent where each output depends on one pixel, or on all. */
  readonly window?: LayerWindow;
  /** How the output's height and width come about, with numbers; `height; width` where they differ. */
  readonly formula?: string;
}
