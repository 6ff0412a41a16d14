import { CnnError } from '@cnn/core';
import {
  type DataId,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { ELEMENTWISE_RULES } from './elementwise-rules.ts';
import { KernelAttrs } from './kernel-attrs.ts';
import { type ConcreteTensor, KernelInputs, type KernelRule } from './kernel-rule.ts';
import { MOVEMENT_RULES } from './movement-rules.ts';
import type { RawNode, RawValue } from './raw-trace.ts';
import { WINDOW_RULES } from './window-rules.ts';

/** The kernels of tfjs that can be exported, each with what it makes of shapes. */
export const KERNEL_RULES: Readonly<Record<string, KernelRule>> = {
  ...ELEMENTWISE_RULES,
  ...WINDOW_RULES,
  ...MOVEMENT_RULES,
};

/** Notes which kernels run on which tensors. Nothing is computed: a tensor here is its shape. */
export class TraceRecorder {
  readonly nodes: RawNode[] = [];
  readonly values: RawValue[] = [];
  readonly #byDataId = new Map<DataId, RawValue>();
  /** Of each node, the path of the layer that ran it. */
  readonly #layers: string[] = [];

  /** A tensor without a value, for example the input. */
  newTensor(tensor: ConcreteTensor): TensorInfo {
    const dataId = {};
    this.#add(dataId, { id: this.values.length, ...tensor });
    return { dataId, shape: [...tensor.shape], dtype: tensor.dtype };
  }

  /** A tensor made of numbers while the trace runs. */
  write(dataId: DataId, tensor: ConcreteTensor, written: ArrayLike<number>): void {
    this.#add(dataId, { id: this.values.length, ...tensor, written });
  }

  /** @throws CnnError `unsupported` for a kernel without a rule. */
  run(kernel: string, inputs: NamedTensorInfoMap, kernelAttrs: NamedAttrMap): TensorInfo[] {
    const values: Record<string, RawValue> = {};
    for (const [name, input] of Object.entries(inputs)) if (input) values[name] = this.valueOf(input);
    const rule = KERNEL_RULES[kernel];
    if (!rule) throw unsupportedKernel(kernel);
    const { outputs, attrs = {} } = rule(new KernelInputs(kernel, values), new KernelAttrs(kernel, kernelAttrs));
    const infos = outputs.map((output) => this.newTensor({ shape: output.shape, dtype: output.dtype }));
    this.nodes.push({
      kernel,
      inputs: values,
      attrs,
      kernelAttrs,
      outputs: infos.map((info) => this.valueOf(info)),
      layer: '',
    });
    this.#layers.push('');
    return infos;
  }

  /** The value of a tensor; one that was made before the trace is noted as a constant. */
  valueOf(info: TensorInfo): RawValue {
    const known = this.#byDataId.get(info.dataId);
    if (known) return known;
    if (!(info instanceof Tensor)) throw new Error('A tensor of the trace without a value');
    const dtype = info.dtype === 'int32' || info.dtype === 'bool' ? info.dtype : 'float32';
    return this.#add(info.dataId, { id: this.values.length, shape: [...info.shape], dtype, tensor: info });
  }

  /** Says that the layer at `path` ran what is between its input and now, as far as no other layer did. */
  attribute(path: string, layerInput: TensorInfo): void {
    const input = this.valueOf(layerInput);
    const producer = this.nodes.findIndex((node) => node.outputs.includes(input));
    for (let i = producer + 1; i < this.#layers.length; i++) this.#layers[i] ||= path;
  }

  get attributedNodes(): RawNode[] {
    return this.nodes.map((node, i) => ({ ...node, layer: this.#layers[i] ?? '' }));
  }

  #add(dataId: DataId, value: RawValue): RawValue {
    this.values.push(value);
    this.#byDataId.set(dataId, value);
    return value;
  }
}

function unsupportedKernel(kernel: string): CnnError {
  return new CnnError('unsupported', {
    where: 'export',
    expected: `operations among ${Object.keys(KERNEL_RULES).join(', ')}`,
    received: `${kernel} in the forward pass`,
    remedy: 'Write this step with one of these, or leave it out of forward and do it outside the exported graph',
  });
}
