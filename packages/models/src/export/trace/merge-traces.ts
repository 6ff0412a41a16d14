import { CnnError } from '@cnn/core';
import type { RawNode, RawTrace, RawValue } from './raw-trace.ts';
import type { Dim, GraphAttr, GraphAttrs, GraphNode, GraphValue } from './traced-graph.ts';

/** Nodes and values for any batch size, with the values that are constants. */
export interface MergedTrace {
  readonly input: GraphValue;
  readonly output: GraphValue;
  readonly nodes: readonly MergedNode[];
  /** By value: what the trace knows of a tensor that no node makes. */
  readonly sources: ReadonlyMap<GraphValue, RawValue>;
}

/** A node that can also be run as it was. */
export interface MergedNode extends GraphNode {
  readonly kernelAttrs: RawNode['kernelAttrs'];
}

/**
 * Finds what depends on the batch by comparing two traces with different batch sizes: a number that is in both the same
 * multiple of the batch grows with it, one that is the same in both is fixed.
 *
 * @throws CnnError `unsupported` where the two do not run the same kernels, or differ in another way.
 */
export function mergeTraces(first: RawTrace, second: RawTrace): MergedTrace {
  if (first.nodes.length !== second.nodes.length || first.values.length !== second.values.length) {
    throw unsupported(`${first.nodes.length} operations for one batch size and ${second.nodes.length} for another`);
  }
  const merge = (a: GraphAttr, b: GraphAttr): GraphAttr => mergeAttr(a, b, first.batchSize, second.batchSize);
  const values = first.values.map((value, i): GraphValue => {
    const shape = merge(value.shape, second.values[i]?.shape) as readonly Dim[];
    return { id: value.id, shape, dtype: value.dtype };
  });
  const mergedOf = (raw: RawValue): GraphValue => values[raw.id] ?? { id: raw.id, shape: [], dtype: raw.dtype };
  const nodes = first.nodes.map((node, i): MergedNode => {
    const twin = second.nodes[i];
    if (twin?.kernel !== node.kernel) throw unsupported(`${node.kernel} and ${twin?.kernel}`);
    return {
      kernel: node.kernel,
      inputs: Object.fromEntries(Object.entries(node.inputs).map(([name, raw]) => [name, mergedOf(raw)])),
      attrs: merge(node.attrs, twin.attrs) as GraphAttrs,
      kernelAttrs: node.kernelAttrs,
      outputs: node.outputs.map(mergedOf),
      layer: node.layer,
    };
  });
  const sources = new Map<GraphValue, RawValue>();
  for (const [i, raw] of first.values.entries()) {
    if (!raw.tensor && !raw.written) continue;
    if (raw.written && !sameNumbers(raw.written, second.values[i]?.written ?? [])) {
      throw unsupported('a tensor made in forward whose values depend on the batch');
    }
    sources.set(mergedOf(raw), raw);
  }
  return { input: mergedOf(first.input), output: mergedOf(first.output), nodes, sources };
}

function mergeAttr(a: GraphAttr, b: GraphAttr, sizeA: number, sizeB: number): GraphAttr {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Object.is(a, b)) return a;
    if (a / sizeA === b / sizeB && Number.isInteger(a / sizeA)) return { perSample: a / sizeA };
    throw unsupported(`${a} for a batch of ${sizeA} and ${b} for one of ${sizeB}`);
  }
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.map((entry, i) => mergeAttr(entry, b[i], sizeA, sizeB));
  }
  if (isRecord(a) && isRecord(b)) {
    return Object.fromEntries(
      Object.entries(a).map(([name, value]) => [name, mergeAttr(value, b[name], sizeA, sizeB)]),
    );
  }
  if (a === b) return a;
  throw unsupported(`${JSON.stringify(a)} for a batch of ${sizeA} and ${JSON.stringify(b)} for one of ${sizeB}`);
}

function isRecord(value: GraphAttr): value is GraphAttrs {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameNumbers(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
}

function unsupported(received: string): CnnError {
  return new CnnError('unsupported', {
    where: 'export',
    expected: 'the same computation for every sample of a batch',
    received,
    remedy: 'Export with a fixed batch size, or write forward without the size of the batch',
  });
}
