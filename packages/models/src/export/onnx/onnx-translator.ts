import type { GraphNode, GraphValue } from '../trace/traced-graph.ts';
import type { Form, OnnxGraphBuilder } from './onnx-graph-builder.ts';

/** Writes one kernel as nodes of ONNX and defines its outputs. */
export type OnnxTranslator = (node: GraphNode, builder: OnnxGraphBuilder) => void;

/** Images stay with their channels second where one of them is so already. */
export function commonForm(values: readonly GraphValue[], output: GraphValue, builder: OnnxGraphBuilder): Form {
  const isImage = output.shape.length === 4;
  return isImage && values.some((value) => builder.hasTorchForm(value)) ? 'torch' : 'memory';
}
