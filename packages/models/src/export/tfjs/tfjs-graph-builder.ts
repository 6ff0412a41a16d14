import { CnnError } from '@cnn/core';
import type { GraphConstant, GraphNode, GraphValue } from '../trace/traced-graph.ts';

/** An attribute as the JSON of protocol buffers has it: 64-bit integers and bytes are texts. */
export type TfAttr =
  | { readonly type: string }
  | { readonly b: boolean }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly s: string }
  | { readonly shape: { readonly dim: readonly { readonly size: string }[] } }
  | { readonly list: { readonly i: readonly string[] } };

/** A node of a TensorFlow graph. */
export interface TfNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr: Readonly<Record<string, TfAttr>>;
}

/** One tensor of the weights file, in its order. */
export interface TfWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: GraphValue['dtype'];
  readonly data: GraphConstant['data'];
}

const TF_DTYPE = { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' } as const;

/** Collects the nodes and weights of a TensorFlow graph. Everything stays in the order of memory, NHWC. */
export class TfjsGraphBuilder {
  readonly nodes: TfNode[] = [];
  readonly weights: TfWeight[] = [];
  readonly #constants: ReadonlyMap<GraphValue, GraphConstant>;
  readonly #names = new Map<GraphValue, string>();
  readonly #taken = new Set<string>();
  #layer = '';

  constructor(constants: ReadonlyMap<GraphValue, GraphConstant>) {
    this.#constants = constants;
  }

  /** Names of the following nodes begin with that of the layer. */
  enter(node: GraphNode): void {
    this.#layer = node.layer;
  }

  placeholder(value: GraphValue, name: string): void {
    const dim = value.shape.map((side) => ({ size: String(typeof side === 'number' ? side : -1) }));
    this.#taken.add(name);
    this.nodes.push({ name, op: 'Placeholder', attr: { dtype: tfDtype(value.dtype), shape: { shape: { dim } } } });
    this.define(value, name);
  }

  define(value: GraphValue, name: string): void {
    this.#names.set(value, name);
  }

  use(value: GraphValue): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const constant = this.#constants.get(value);
    if (!constant) throw new Error(`Value ${value.id} is used before it is made`);
    const shape = value.shape.map(Number);
    const name = this.#weight({ name: constant.name, shape, dtype: value.dtype, data: constant.data });
    this.define(value, name);
    return name;
  }

  /** A constant filter `[H, W, I, O]` with zeros between its entries: what its dilation would reach. */
  useSpread(value: GraphValue, [down = 1, right = 1]: readonly number[]): string {
    const constant = this.#constants.get(value);
    if (!constant) return refuseMovingFilter();
    const [height = 1, width = 1, into = 1, out = 1] = value.shape.map(Number);
    const shape = [(height - 1) * down + 1, (width - 1) * right + 1, into, out];
    const data = new Float32Array(shape.reduce((product, side) => product * side, 1));
    for (let entry = 0; entry < height * width; entry++) {
      const [row, column] = [Math.floor(entry / width) * down, (entry % width) * right];
      const values = constant.data.subarray(entry * into * out, (entry + 1) * into * out);
      data.set(values, (row * (shape[1] ?? 1) + column) * into * out);
    }
    return this.#weight({ name: `${constant.name}/spread`, shape, dtype: value.dtype, data });
  }

  ints(values: readonly number[], shape: readonly number[] = [values.length]): string {
    return this.#weight({ name: this.#inLayer('ints'), shape, dtype: 'int32', data: Int32Array.from(values) });
  }

  floats(values: readonly number[], shape: readonly number[] = []): string {
    return this.#weight({ name: this.#inLayer('floats'), shape, dtype: 'float32', data: Float32Array.from(values) });
  }

  /** Adds a node and gives its name. */
  emit(op: string, input: readonly string[], attr: Readonly<Record<string, TfAttr>> = {}): string {
    const name = this.#nameOnce(this.#inLayer(op));
    this.nodes.push({ name, op, input, attr: { T: tfDtype('float32'), ...attr } });
    return name;
  }

  #inLayer(name: string): string {
    return this.#layer === '' ? name : `${this.#layer}/${name}`;
  }

  #weight(weight: TfWeight): string {
    const name = this.#nameOnce(weight.name);
    const dim = weight.shape.map((side) => ({ size: String(side) }));
    this.weights.push({ ...weight, name });
    this.nodes.push({ name, op: 'Const', attr: { dtype: tfDtype(weight.dtype), value: { shape: { dim } } } });
    return name;
  }

  #nameOnce(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#taken.add(name);
    return name;
  }
}

function refuseMovingFilter(): never {
  throw new CnnError('unsupported', {
    where: 'exportTfjs',
    expected: 'a convolution with strides or dilations, or both with a filter that is a parameter',
    received: 'both with a filter that is computed',
    remedy: 'Export to ONNX instead',
  });
}

export function tfDtype(dtype: GraphValue['dtype']): { type: string } {
  return { type: TF_DTYPE[dtype] };
}

export function tfInts(values: readonly number[]): TfAttr {
  return { list: { i: values.map(String) } };
}

/** Bytes are base64 in this JSON. */
export function tfText(text: string): TfAttr {
  return { s: btoa(text) };
}
