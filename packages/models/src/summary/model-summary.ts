import type { Pair } from '@cnn/core';

/** One call of one layer, in the order of the forward pass. All counts are for one image. */
export interface LayerSummary {
  /** Field path in the model, as in the state dict: `conv_block.0`. */
  readonly path: string;
  /** PyTorch's name of the layer, or the class of a module that holds parameters of its own. */
  readonly type: string;
  /** In PyTorch's order with N = 1: `[1, C, H, W]` or `[1, features]`; null where a module shows none. */
  readonly outputShape: readonly number[] | null;
  /** Elements of the layer's own parameters; 0 where an earlier row has counted them. */
  readonly parameters: number;
  /** Those of them that training moves. */
  readonly trainableParameters: number;
  /** Pairs of one multiplication and one addition. */
  readonly multiplyAdds: number;
  /**
   * Height and width in pixels of the part of the image that one output can depend on, borders beyond the image
   * included; null where what happens between the layers hides it.
   */
  readonly receptiveField: Pair | null;
  /** How the output's size comes about, with its numbers; null where it is the size of the input. */
  readonly formula: string | null;
  /** False for a layer that the forward pass did not reach. */
  readonly called: boolean;
}

/** What `summary` finds out. Plain JSON. */
export interface ModelSummary {
  /** Name of the model's class. */
  readonly model: string;
  /** Shape of one input, `[C, H, W]` or `[features]`. */
  readonly input: readonly number[];
  /** A row for each call of a layer, in the order of the forward pass; then the layers that it did not reach. */
  readonly layers: readonly LayerSummary[];
  /** Sums over all rows. */
  readonly total: {
    /** Elements of all parameters. */
    readonly parameters: number;
    /** Those of them that training moves. */
    readonly trainableParameters: number;
    /** Pairs of one multiplication and one addition, for one image. */
    readonly multiplyAdds: number;
    /** Bytes of the parameters in float32. */
    readonly parameterBytes: number;
  };
}
