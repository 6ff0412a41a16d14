/** A side of a shape: a number, or so many for each sample of the batch. */
export type Dim = number | BatchDim;

/** A side that grows with the batch: `perSample` times N. */
export interface BatchDim {
  readonly perSample: number;
}

/** Attributes of a kernel as tfjs gives them, with sides that depend on the batch marked. */
export type GraphAttr = Dim | string | boolean | null | undefined | readonly GraphAttr[] | GraphAttrs;
export interface GraphAttrs {
  readonly [name: string]: GraphAttr;
}

/** A tensor of the graph, by identity. Images are NHWC. */
export interface GraphValue {
  readonly id: number;
  readonly shape: readonly Dim[];
  readonly dtype: GraphDtype;
}

export type GraphDtype = 'float32' | 'int32' | 'bool';

/** A tensor whose value is known: a parameter, or one that the model made itself. */
export interface GraphConstant {
  /** PyTorch's name of a parameter, for example `conv1.weight`; otherwise a name made up. */
  readonly name: string;
  /** In the layout of memory (HWIO for the filter of a convolution). */
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** One tfjs kernel that ran. */
export interface GraphNode {
  /** For example `Conv2D`. */
  readonly kernel: string;
  /** By tfjs's names of inputs; `0`, `1`, … where it has a list. */
  readonly inputs: Readonly<Record<string, GraphValue>>;
  readonly attrs: GraphAttrs;
  readonly outputs: readonly GraphValue[];
  /** Path of the layer that ran it, for names: `conv_block.0`. Empty outside layers. */
  readonly layer: string;
}

/** What a module computes: its kernels in order. */
export interface TracedGraph {
  readonly input: GraphValue;
  readonly output: GraphValue;
  readonly nodes: readonly GraphNode[];
  readonly constants: ReadonlyMap<GraphValue, GraphConstant>;
}

export function isBatchDim(value: GraphAttr): value is BatchDim {
  return typeof value === 'object' && value !== null && 'perSample' in value;
}
