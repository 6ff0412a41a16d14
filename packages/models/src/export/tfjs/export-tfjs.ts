import type { Module } from '@cnn/core';
import { type Preprocessing, preprocessingMetadata } from '../preprocessing.ts';
import { type TraceOptions, traceGraph } from '../trace/trace-graph.ts';
import type { GraphValue } from '../trace/traced-graph.ts';
import { TfjsGraphBuilder, tfDtype } from './tfjs-graph-builder.ts';
import { TFJS_TRANSLATORS } from './tfjs-translators.ts';

/** How a module becomes a graph model of TensorFlow.js. */
export interface ExportTfjsOptions extends TraceOptions {
  /** What is done to an image before the network sees it; written into the model's user-defined metadata. */
  readonly preprocessing?: Preprocessing;
  /** More entries for the model's user-defined metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** The files of a graph model, by the names under which `loadGraphModel` looks for them. */
export interface TfjsGraphModel {
  /** Graph, names and shapes of the weights, as UTF-8 JSON. */
  readonly 'model.json': Uint8Array<ArrayBuffer>;
  /** Values of the weights one after the other, little-endian. */
  readonly 'weights.bin': Uint8Array<ArrayBuffer>;
}

const INPUT = 'input';
const OUTPUT = 'output';

/**
 * Writes what a module computes in evaluation mode as a graph model that `tf.loadGraphModel` loads, with an input
 * `input` `[batch, H, W, C]` and an output `output`.
 *
 * @throws CnnError `unsupported` for an operation that cannot be exported.
 * @see https://www.tensorflow.org/js/guide/save_load
 */
export async function exportTfjs(module: Module, options: ExportTfjsOptions): Promise<TfjsGraphModel> {
  const graph = await traceGraph(module, options);
  const builder = new TfjsGraphBuilder(graph.constants);
  builder.placeholder(graph.input, INPUT);
  for (const node of graph.nodes) {
    const translate = TFJS_TRANSLATORS[node.kernel];
    if (!translate) throw new Error(`The kernel ${node.kernel} can be traced and has no translation`);
    builder.enter(node);
    translate(node, builder);
  }
  const nodes = [...builder.nodes, { name: OUTPUT, op: 'Identity', input: [builder.use(graph.output)], attr: {} }];
  const model = {
    format: 'graph-model',
    generatedBy: '@cnn/models',
    convertedBy: null,
    signature: {
      inputs: { [INPUT]: tensorInfo(INPUT, graph.input) },
      outputs: { [OUTPUT]: tensorInfo(OUTPUT, graph.output) },
    },
    userDefinedMetadata: { ...options.metadata, ...preprocessingMetadata(options.preprocessing) },
    modelTopology: { node: nodes, library: {}, versions: { producer: 1 } },
    weightsManifest: [
      { paths: ['weights.bin'], weights: builder.weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })) },
    ],
  };
  return {
    'model.json': new TextEncoder().encode(JSON.stringify(model)),
    'weights.bin': concatenate(builder.weights.map(({ data }) => data)),
  };
}

function tensorInfo(name: string, { shape, dtype }: GraphValue): object {
  const dim = shape.map((side) => ({ size: String(typeof side === 'number' ? side : -1) }));
  return { name: `${name}:0`, dtype: tfDtype(dtype).type, tensorShape: { dim } };
}

function concatenate(arrays: readonly ArrayBufferView[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(arrays.reduce((sum, array) => sum + array.byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  return bytes;
}
