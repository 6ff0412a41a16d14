import type { Module } from '@cnn/core';
import { fuseBias } from '../fuse-bias.ts';
import { type Preprocessing, preprocessingMetadata } from '../preprocessing.ts';
import { type TraceOptions, traceGraph } from '../trace/trace-graph.ts';
import type { GraphValue, TracedGraph } from '../trace/traced-graph.ts';
import { ELEMENTWISE_TRANSLATORS } from './elementwise-translators.ts';
import { MOVEMENT_TRANSLATORS } from './movement-translators.ts';
import { type Form, OnnxGraphBuilder } from './onnx-graph-builder.ts';
import { encodeOnnxModel, type OnnxNode, type OnnxPort } from './onnx-model.ts';
import type { OnnxTranslator } from './onnx-translator.ts';
import { WINDOW_TRANSLATORS } from './window-translators.ts';

/** How a module becomes an ONNX file. */
export interface ExportOnnxOptions extends TraceOptions {
  /** Name of the graph. Default `model`. */
  readonly name?: string;
  /** What is done to an image before the network sees it; written into the file's metadata. */
  readonly preprocessing?: Preprocessing;
  /** More entries for the file's metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** By kernel of tfjs. */
export const ONNX_TRANSLATORS: Readonly<Record<string, OnnxTranslator>> = {
  ...ELEMENTWISE_TRANSLATORS,
  ...WINDOW_TRANSLATORS,
  ...MOVEMENT_TRANSLATORS,
};

const INPUT = 'input';
const OUTPUT = 'output';

/**
 * Writes what a module computes in evaluation mode as an ONNX file of opset 17, with an input `input` `[batch, C, H, W]`
 * and an output `output`, as PyTorch exports it. Parameters keep their names.
 *
 * @example
 * const file = await exportOnnx(model, { inputShape: [1, 28, 28] });
 * @throws CnnError `unsupported` for an operation that cannot be exported.
 * @see https://onnx.ai/onnx/operators/
 */
export async function exportOnnx(module: Module, options: ExportOnnxOptions): Promise<Uint8Array<ArrayBuffer>> {
  const graph = fuseBias(await traceGraph(module, options));
  const builder = new OnnxGraphBuilder(graph.constants);
  builder.define(graph.input, imageForm(graph.input), INPUT);
  for (const node of graph.nodes) {
    builder.enter(node);
    translatorOf(node.kernel)(node, builder);
  }
  return encodeOnnxModel({
    graphName: options.name ?? 'model',
    nodes: nameOutput(builder, graph),
    initializers: builder.initializers,
    inputs: [port(INPUT, graph.input)],
    outputs: [port(OUTPUT, graph.output)],
    metadata: { ...options.metadata, ...preprocessingMetadata(options.preprocessing) },
  });
}

function translatorOf(kernel: string): OnnxTranslator {
  const translator = ONNX_TRANSLATORS[kernel];
  if (translator) return translator;
  throw new Error(`The kernel ${kernel} can be traced and has no translation`);
}

/** The node that makes the graph's output calls it by its name; everything else that reads it follows. */
function nameOutput(builder: OnnxGraphBuilder, graph: TracedGraph): OnnxNode[] {
  const last = builder.use(graph.output, imageForm(graph.output));
  const isMade = builder.nodes.some((node) => node.outputs.includes(last));
  if (!isMade) {
    return [...builder.nodes, { opType: 'Identity', name: OUTPUT, inputs: [last], outputs: [OUTPUT], attributes: {} }];
  }
  const rename = (name: string) => (name === last ? OUTPUT : name);
  return builder.nodes.map((node) => ({ ...node, inputs: node.inputs.map(rename), outputs: node.outputs.map(rename) }));
}

/** Images go in and out with their channels second. */
function imageForm({ shape }: GraphValue): Form {
  return shape.length === 4 ? 'torch' : 'memory';
}

function port(name: string, { shape, dtype }: GraphValue): OnnxPort {
  const [n, h, w, c] = shape;
  const torch = shape.length === 4 ? [n, c, h, w] : shape;
  const sides = torch.map((side = 1) => {
    if (typeof side === 'number') return side;
    return side.perSample === 1 ? 'batch' : `batch*${side.perSample}`;
  });
  return { name, type: dtype, shape: sides };
}
