import { CnnError } from '@cnn/core';
import type { KernelAttrs } from './kernel-attrs.ts';
import type { GraphAttr, GraphDtype } from './traced-graph.ts';

/** Shape and dtype of a tensor of one trace, where the batch is a number. */
export interface ConcreteTensor {
  readonly shape: readonly number[];
  readonly dtype: GraphDtype;
}

/** What a kernel makes of its inputs, without computing it. */
interface KernelResult {
  readonly outputs: readonly ConcreteTensor[];
  /** Attributes in the form that the exporters read: every default filled in, padding explicit. */
  readonly attrs?: Readonly<Record<string, GraphAttr>>;
}

/** Inputs of a kernel by tfjs's names. */
export class KernelInputs {
  readonly #kernel: string;
  readonly #tensors: Readonly<Record<string, ConcreteTensor>>;

  constructor(kernel: string, tensors: Readonly<Record<string, ConcreteTensor>>) {
    this.#kernel = kernel;
    this.#tensors = tensors;
  }

  get(name: string): ConcreteTensor {
    const tensor = this.#tensors[name];
    if (tensor) return tensor;
    throw new CnnError('unsupported', {
      where: `the kernel ${this.#kernel}`,
      expected: `an input ${name}`,
      received: Object.keys(this.#tensors).join(', ') || 'none',
      remedy: 'Build the model from layers of @cnn/core or plain operations of tfjs',
    });
  }

  /** In the order in which a list was given. */
  get list(): ConcreteTensor[] {
    return Object.keys(this.#tensors)
      .sort((a, b) => Number(a) - Number(b))
      .map((name) => this.get(name));
  }
}

/** The rule of one kernel. */
export type KernelRule = (inputs: KernelInputs, attrs: KernelAttrs) => KernelResult;
