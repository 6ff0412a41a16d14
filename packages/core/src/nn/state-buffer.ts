import { type Tensor, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { float32Values } from '../weights/float32-values.ts';
import { noValueOnMetaDevice, onMetaDevice } from './meta-device.ts';
import type { HostTensor, StateEntry } from './state-entry.ts';

/** Values that a module keeps and no optimizer moves, such as running statistics. PyTorch calls them buffers. */
export class StateBuffer implements StateEntry {
  readonly shape: readonly number[];
  readonly #variable: Variable | null;

  /**
   * Takes `values` to the device, in the shape that the state dict has.
   *
   * @param values Row-major, float32.
   */
  constructor(values: Float32Array, shape: readonly number[]) {
    this.shape = shape;
    this.#variable = onMetaDevice() ? null : tidy(() => variable(tensor(values, [...shape], 'float32'), false));
  }

  /** The value, for use in `forward`. @throws CnnError `unsupported` on the meta device. */
  get variable(): Variable {
    if (!this.#variable) throw noValueOnMetaDevice('StateBuffer');
    return this.#variable;
  }

  /** Replaces the value by what `compute` makes of it; everything made on the way is disposed. */
  update(compute: (current: Tensor) => Tensor): void {
    const next = tidy(() => compute(this.variable));
    this.variable.assign(next);
    next.dispose();
  }

  async read(): Promise<HostTensor> {
    // Read back.
    return { dtype: 'float32', shape: this.shape, data: Float32Array.from(await this.variable.data()) };
  }

  write(value: HostTensor): void {
    if (!this.#variable) return;
    this.update(() => tensor(float32Values(value), [...this.shape], 'float32'));
  }

  /** Frees its device memory. */
  dispose(): void {
    this.#variable?.dispose();
  }
}
