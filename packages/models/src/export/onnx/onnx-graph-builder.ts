import type { GraphConstant, GraphNode, GraphValue } from '../trace/traced-graph.ts';
import type { OnnxAttributes, OnnxNode, OnnxTensor } from './onnx-model.ts';
import { transposeHost } from './transpose-host.ts';

/**
 * How a tensor lies in the ONNX graph: `memory` as it does here (images NHWC), `torch` with its channels second
 * (NCHW, which operators of ONNX want). Tensors that are no images have `memory` only.
 */
export type Form = 'memory' | 'torch';

const NHWC_TO_NCHW = [0, 3, 1, 2];
const NCHW_TO_NHWC = [0, 2, 3, 1];
const HWIO_TO_OIHW = [3, 2, 0, 1];

/** Where axis i of NHWC is in NCHW. */
export const TORCH_AXIS: readonly number[] = [0, 2, 3, 1];

/** Collects nodes and initializers, and changes the form of a tensor only where an operator needs the other one. */
export class OnnxGraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #constants: ReadonlyMap<GraphValue, GraphConstant>;
  readonly #names = new Map<GraphValue, Map<Form | 'filter' | 'broadcast', string>>();
  readonly #taken = new Set<string>();
  #layer = '';

  constructor(constants: ReadonlyMap<GraphValue, GraphConstant>) {
    this.#constants = constants;
  }

  /** Names of the following nodes begin with that of the layer. */
  enter(node: GraphNode): void {
    this.#layer = node.layer;
  }

  isConstant(value: GraphValue): boolean {
    return this.#constants.has(value);
  }

  /** True when the tensor is an image that is there with its channels second. */
  hasTorchForm(value: GraphValue): boolean {
    return this.#names.get(value)?.has('torch') ?? false;
  }

  /** Says that the ONNX tensor `name` is `value` in this form. */
  define(value: GraphValue, form: Form, name: string): void {
    this.#formsOf(value).set(form, name);
  }

  /** The name of a tensor in this form, which is made where it is not there. */
  use(value: GraphValue, form: Form): string {
    const forms = this.#formsOf(value);
    const known = forms.get(form);
    if (known !== undefined) return known;
    const perm = form === 'torch' ? NHWC_TO_NCHW : NCHW_TO_NHWC;
    const constant = this.#constants.get(value);
    let name: string;
    if (constant) {
      name = form === 'memory' ? this.#addConstant(value, constant) : this.#addConstant(value, constant, perm);
    } else {
      const source = forms.get(form === 'torch' ? 'memory' : 'torch');
      if (source === undefined) throw new Error(`Value ${value.id} is used before it is made`);
      [name = ''] = this.emit('Transpose', [source], { perm: { ints: perm } });
    }
    forms.set(form, name);
    return name;
  }

  /** The filter of a convolution: HWIO here, OIHW in ONNX. */
  useFilter(value: GraphValue, perm: readonly number[] = HWIO_TO_OIHW): string {
    const forms = this.#formsOf(value);
    const constant = this.#constants.get(value);
    let name = forms.get('filter');
    if (name !== undefined) return name;
    if (constant) name = this.#addConstant(value, constant, perm);
    else [name = ''] = this.emit('Transpose', [this.use(value, 'memory')], { perm: { ints: perm } });
    forms.set('filter', name);
    return name;
  }

  /** A tensor of fewer axes than the images that it is combined with, in the form of these. */
  useBroadcast(value: GraphValue, form: Form): string {
    const { shape } = value;
    if (form === 'memory' || shape.every((side) => side === 1)) return this.use(value, 'memory');
    if (shape.length === 4) return this.use(value, form);
    const forms = this.#formsOf(value);
    let name = forms.get('broadcast');
    if (name !== undefined) return name;
    const missing = Array.from({ length: 4 - shape.length }, (_, i) => i);
    const constant = this.#constants.get(value);
    if (constant) {
      const padded = [...missing.map(() => 1), ...shape.map(Number)];
      name = this.#addConstant({ ...value, shape: padded }, constant, NHWC_TO_NCHW);
    } else {
      const [wide = ''] = this.emit('Unsqueeze', [this.use(value, 'memory'), this.int64s(missing)]);
      [name = ''] = this.emit('Transpose', [wide], { perm: { ints: NHWC_TO_NCHW } });
    }
    forms.set('broadcast', name);
    return name;
  }

  /** Adds a node and gives the names of its outputs. */
  emit(opType: string, inputs: readonly string[], attributes: OnnxAttributes = {}, outputCount = 1): string[] {
    const name = this.#nameOnce(this.#layer === '' ? opType : `${this.#layer}/${opType}`);
    const outputs = Array.from({ length: outputCount }, (_, i) => (i === 0 ? name : this.#nameOnce(name)));
    this.nodes.push({ opType, name, inputs, outputs, attributes });
    return outputs;
  }

  int64s(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#addInitializer({ name: `int64s[${values.join(',')}]`, type: 'int64', shape: [values.length], data });
  }

  scalar(value: number): string {
    const data = Float32Array.of(value);
    return this.#addInitializer({ name: `float[${value}]`, type: 'float32', shape: [], data });
  }

  #addConstant(value: GraphValue, constant: GraphConstant, perm?: readonly number[]): string {
    const shape = value.shape.map(Number);
    return this.#addInitializer({
      name: this.#taken.has(constant.name) ? this.#nameOnce(constant.name) : constant.name,
      type: value.dtype,
      shape: perm ? perm.map((axis) => shape[axis] ?? 1) : shape,
      data: perm ? transposeHost(constant.data, shape, perm) : constant.data,
    });
  }

  #addInitializer(tensor: OnnxTensor): string {
    if (!this.#taken.has(tensor.name)) {
      this.#taken.add(tensor.name);
      this.initializers.push(tensor);
    }
    return tensor.name;
  }

  #formsOf(value: GraphValue): Map<Form | 'filter' | 'broadcast', string> {
    const forms = this.#names.get(value) ?? new Map();
    this.#names.set(value, forms);
    return forms;
  }

  #nameOnce(wanted: string): string {
    let name = wanted;
    for (let i = 1; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#taken.add(name);
    return name;
  }
}
