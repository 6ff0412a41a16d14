import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';
import type { GraphAttrs, GraphDtype } from './traced-graph.ts';

/** A tensor of one trace. */
export interface RawValue {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: GraphDtype;
  /** Set for a tensor that was there before the trace: a parameter, or something else that the model holds. */
  readonly tensor?: Tensor;
  /** Set for a tensor that the model made of numbers during the trace. */
  readonly written?: ArrayLike<number>;
}

/** A kernel of one trace. */
export interface RawNode {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, RawValue>>;
  /** As the exporters read them. */
  readonly attrs: GraphAttrs;
  /** As the kernel got them, to run it again. */
  readonly kernelAttrs: NamedAttrMap;
  readonly outputs: readonly RawValue[];
  readonly layer: string;
}

/** One forward pass with one batch size. */
export interface RawTrace {
  readonly batchSize: number;
  readonly input: RawValue;
  readonly output: RawValue;
  readonly nodes: readonly RawNode[];
  readonly values: readonly RawValue[];
}
