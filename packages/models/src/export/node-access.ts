import { CnnError } from '@cnn/core';
import { type GraphAttr, type GraphNode, type GraphValue, isBatchDim } from './trace/traced-graph.ts';

export function inputOf(node: GraphNode, name: string): GraphValue {
  const value = node.inputs[name];
  if (value) return value;
  throw new Error(`${node.kernel} without an input ${name}`);
}

export function outputOf(node: GraphNode): GraphValue {
  const [value] = node.outputs;
  if (value) return value;
  throw new Error(`${node.kernel} without an output`);
}

/** Inputs that were given as a list. */
export function inputList(node: GraphNode): GraphValue[] {
  return Object.keys(node.inputs)
    .sort((a, b) => Number(a) - Number(b))
    .map((name) => inputOf(node, name));
}

export function numberAttr(node: GraphNode, name: string): number {
  const value = node.attrs[name];
  return typeof value === 'number' ? value : refuseBatch(node, name, value);
}

export function numberList(node: GraphNode, name: string): number[] {
  const value = node.attrs[name];
  if (!Array.isArray(value)) return refuseBatch(node, name, value);
  return value.map((entry) => (typeof entry === 'number' ? entry : refuseBatch(node, name, value)));
}

/** `[before, after]` for each axis that the attribute speaks of. */
export function pairList(node: GraphNode, name: string): [number, number][] {
  const value = node.attrs[name];
  if (!Array.isArray(value)) return refuseBatch(node, name, value);
  return value.map((pair) => {
    const [before, after] = Array.isArray(pair) ? pair : [];
    return typeof before === 'number' && typeof after === 'number' ? [before, after] : refuseBatch(node, name, value);
  });
}

/** Sides with −1 for the one that depends on the batch. */
export function shapeWithBatch(node: GraphNode, sides: GraphAttr): number[] {
  const list = Array.isArray(sides) ? sides : [];
  if (list.filter(isBatchDim).length > 1) return refuseBatch(node, 'shape', sides);
  return list.map((side) => (typeof side === 'number' ? side : -1));
}

export function refuseBatch(node: GraphNode, name: string, value: GraphAttr): never {
  throw new CnnError('unsupported', {
    where: `export of ${node.kernel}${node.layer === '' ? '' : ` in ${node.layer}`}`,
    expected: `${name} that does not depend on the size of the batch`,
    received: JSON.stringify(value) ?? 'nothing',
    remedy: 'Export with a fixed batchSize',
  });
}
