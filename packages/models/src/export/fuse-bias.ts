import type { GraphNode, GraphValue, TracedGraph } from './trace/traced-graph.ts';

const FUSED: Readonly<Record<string, string>> = { BatchMatMul: '_FusedMatMul', Conv2D: 'FusedConv2D' };

/** Joins a matrix product or convolution with the addition of a constant vector behind it, as `Linear` computes it. */
export function fuseBias(graph: TracedGraph): TracedGraph {
  const uses = new Map<GraphValue, number>([[graph.output, 1]]);
  for (const value of graph.nodes.flatMap((node) => Object.values(node.inputs))) {
    uses.set(value, (uses.get(value) ?? 0) + 1);
  }
  const producers = new Map(graph.nodes.map((node) => [node.outputs[0], node]));
  const absorbed = new Set<GraphNode>();
  const nodes = graph.nodes.map((addition) => {
    const { a, b } = addition.inputs;
    const producer = addition.kernel === 'Add' ? producers.get(a) : undefined;
    const kernel = producer && FUSED[producer.kernel];
    if (!kernel || !a || !b || uses.get(a) !== 1 || !graph.constants.has(b)) return addition;
    if (b.shape.length !== 1 || b.shape[0] !== a.shape.at(-1)) return addition;
    absorbed.add(producer);
    return { ...producer, kernel, inputs: { ...producer.inputs, bias: b }, outputs: addition.outputs };
  });
  return { ...graph, nodes: nodes.filter((node) => !absorbed.has(node)) };
}
