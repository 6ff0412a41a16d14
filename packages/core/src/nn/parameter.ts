import { type Tensor, tensor, tidy, transpose, type Variable, variable } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { float32Values } from '../weights/float32-values.ts';
import { noValueOnMetaDevice, onMetaDevice } from './meta-device.ts';
import type { HostTensor, StateEntry } from './state-entry.ts';

/**
 * How a parameter lies in memory: `torch` as PyTorch has it; `HWIO` for the kernel of a convolution, whose PyTorch
 * layout is OIHW.
 */
export type ParameterLayout = 'torch' | 'HWIO';

const OIHW_TO_HWIO = [2, 3, 1, 0];
const HWIO_TO_OIHW = [3, 2, 0, 1];

/** A tensor that training changes. Its value lives on the device; `shape` and `read` speak PyTorch's layout. */
export class Parameter implements StateEntry {
  readonly shape: readonly number[];
  /** How the value lies in memory. */
  readonly layout: ParameterLayout;
  readonly #variable: Variable | null;
  #trainableOnMeta = true;

  /**
   * @param values Row-major values in PyTorch's layout, float32. On the meta device they are not looked at.
   * @throws CnnError `unsupported` when no backend is there to hold it.
   */
  constructor(values: Float32Array, shape: readonly number[], layout: ParameterLayout = 'torch') {
    this.shape = shape;
    this.layout = layout;
    this.#variable = onMetaDevice() ? null : onDevice(() => tidy(() => variable(this.#toMemory(values), true)));
  }

  /** The value in the layout of memory, for use in `forward`. @throws CnnError `unsupported` on the meta device. */
  get variable(): Variable {
    if (!this.#variable) throw noValueOnMetaDevice('Parameter');
    return this.#variable;
  }

  /** False once frozen: no gradient is computed for it and no optimizer moves it. */
  get trainable(): boolean {
    return this.#variable?.trainable ?? this.#trainableOnMeta;
  }

  /** Takes effect at the next step; a module's `freeze` sets it for all parameters below. */
  set trainable(trainable: boolean) {
    if (this.#variable) this.#variable.trainable = trainable;
    else this.#trainableOnMeta = trainable;
  }

  /** Elements. */
  get size(): number {
    return this.shape.reduce((product, side) => product * side, 1);
  }

  async read(): Promise<HostTensor> {
    const torch = this.layout === 'HWIO' ? transpose(this.variable, HWIO_TO_OIHW) : this.variable.clone();
    const data = Float32Array.from(await torch.data());
    torch.dispose();
    return { dtype: 'float32', shape: this.shape, data };
  }

  write(value: HostTensor): void {
    if (!this.#variable) return;
    const next = tidy(() => this.#toMemory(float32Values(value)));
    this.variable.assign(next);
    next.dispose();
  }

  /** Frees its device memory. */
  dispose(): void {
    this.#variable?.dispose();
  }

  #toMemory(values: Float32Array): Tensor {
    const torch = tensor(values, [...this.shape], 'float32');
    return this.layout === 'HWIO' ? transpose(torch, OIHW_TO_HWIO) : torch;
  }
}

/** tfjs-core initialises a backend at the first tensor; where none is registered, its message says no way out. */
function onDevice(create: () => Variable): Variable {
  try {
    return create();
  } catch (cause) {
    if (!(cause instanceof Error && /No backend found/.test(cause.message))) throw cause;
    throw new CnnError(
      'unsupported',
      {
        where: 'Parameter',
        expected: 'a backend to hold it',
        received: 'none',
        remedy: "Choose one before building a module: await selectBackend('auto', [cpuBackend()])",
      },
      { cause },
    );
  }
}
