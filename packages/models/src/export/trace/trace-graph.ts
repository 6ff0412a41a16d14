import type { Module, Parameter } from '@cnn/core';
import { type DataId, engine, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { type MergedNode, type MergedTrace, mergeTraces } from './merge-traces.ts';
import type { RawValue } from './raw-trace.ts';
import { traceForward } from './trace-forward.ts';
import type { GraphConstant, GraphNode, GraphValue, TracedGraph } from './traced-graph.ts';

/** What a graph is made for. */
export interface TraceOptions {
  /** Of one sample, in PyTorch's order: `[C, H, W]` or `[features]`. */
  readonly inputShape: readonly number[];
  /** Samples of a batch, where the graph is to take no other number. Default `dynamic`: any. */
  readonly batchSize?: number | 'dynamic';
}

/** Two batch sizes whose ratio no other pair of sizes in a network is likely to have. */
const PROBES = [7, 11] as const;

/**
 * The graph that a module computes in evaluation mode, whatever its `forward` is made of: layers, functions, sums of
 * branches. Kernels that depend on constants alone are run now and become constants. Reads the parameters back.
 *
 * @throws CnnError `unsupported` for an operation that cannot be exported.
 */
export async function traceGraph(
  module: Module,
  { inputShape, batchSize = 'dynamic' }: TraceOptions,
): Promise<TracedGraph> {
  const [c, h, w] = inputShape;
  const sample = inputShape.length === 3 ? [h ?? 1, w ?? 1, c ?? 1] : inputShape;
  const [first, second] = batchSize === 'dynamic' ? PROBES : [batchSize, batchSize];
  const merged = mergeTraces(traceForward(module, [first, ...sample]), traceForward(module, [second, ...sample]));
  return foldConstants(merged, parameterNames(module));
}

/** PyTorch's name of each parameter and buffer, by the data of its tensor. */
function parameterNames(module: Module): Map<DataId, string> {
  const names = new Map<DataId, string>();
  for (const [path, part] of module.namedModules()) {
    for (const [field, value] of Object.entries(part)) {
      if (!holdsVariable(value)) continue;
      const name = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      names.set(value.variable.dataId, path === '' ? name : `${path}.${name}`);
    }
  }
  return names;
}

/** A parameter, or a buffer that is kept on the device as one is. */
function holdsVariable(value: unknown): value is Pick<Parameter, 'variable'> {
  return typeof value === 'object' && value !== null && 'variable' in value && 'write' in value;
}

async function foldConstants(merged: MergedTrace, names: ReadonlyMap<DataId, string>): Promise<TracedGraph> {
  const constants = new Map<GraphValue, GraphConstant>();
  const taken = new Set<string>();
  const nameOnce = (wanted: string): string => {
    let name = wanted;
    for (let i = 1; taken.has(name); i++) name = `${wanted}_${i}`;
    taken.add(name);
    return name;
  };
  for (const [value, raw] of merged.sources) {
    const name = nameOnce((raw.tensor && names.get(raw.tensor.dataId)) ?? 'constant');
    constants.set(value, { name, data: await readSource(raw) });
  }
  const nodes: GraphNode[] = [];
  for (const { kernelAttrs, ...node } of merged.nodes) {
    const isConstant = Object.values(node.inputs).every((input) => constants.has(input));
    if (!isConstant || node.outputs.some((output) => output.shape.some((side) => typeof side !== 'number'))) {
      nodes.push(node);
      continue;
    }
    const computed = await runKernel({ ...node, kernelAttrs }, constants);
    const [origin] = Object.values(node.inputs);
    const base = (origin && constants.get(origin)?.name) ?? (node.layer || 'constant');
    for (const [i, output] of node.outputs.entries()) {
      constants.set(output, { name: nameOnce(`${base}/${node.kernel}`), data: computed[i] ?? new Float32Array() });
    }
  }
  return { input: merged.input, output: merged.output, nodes: withoutUnused(nodes, merged.output), constants };
}

async function readSource({ tensor: source, written, dtype }: RawValue): Promise<GraphConstant['data']> {
  const values = source ? await source.data() : (written ?? []);
  if (dtype === 'int32') return Int32Array.from(values);
  return dtype === 'bool' ? Uint8Array.from(values) : Float32Array.from(values);
}

/** Runs a kernel on the backend in use. */
async function runKernel(
  { kernel, inputs, kernelAttrs }: MergedNode,
  constants: ReadonlyMap<GraphValue, GraphConstant>,
): Promise<GraphConstant['data'][]> {
  const uploaded = Object.entries(inputs).map(([name, value]): [string, Tensor] => {
    return [name, tensor(constants.get(value)?.data ?? [], value.shape.map(Number), value.dtype)];
  });
  const result = engine().runKernel<Tensor | Tensor[]>(kernel, Object.fromEntries(uploaded), kernelAttrs);
  const outputs = Array.isArray(result) ? result : [result];
  const data = await Promise.all(outputs.map(async (output) => (await output.data()).slice()));
  for (const used of [...uploaded.map(([, input]) => input), ...outputs]) used.dispose();
  return data;
}

/** The nodes that the output depends on. */
function withoutUnused(nodes: readonly GraphNode[], output: GraphValue): GraphNode[] {
  const needed = new Set<GraphValue>([output]);
  return nodes
    .toReversed()
    .filter((node) => {
      if (!node.outputs.some((value) => needed.has(value))) return false;
      for (const input of Object.values(node.inputs)) needed.add(input);
      return true;
    })
    .reverse();
}
