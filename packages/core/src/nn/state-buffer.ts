import { type Tensor, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { float32Values } from '../weights/float32-values.ts';
import type { HostTensor, StateEntry } from './state-entry.ts';

/** Values that a module keeps and no optimizer moves, such as running statistics. PyTorch calls them buffers. */
export class StateBuffer implements StateEntry {
  readonly shape: readonly number[];
  /** The value, for use in `forward`. */
  readonly variable: Variable;

  /** @param values Row-major, float32. */
  constructor(values: Float32Array, shape: readonly number[]) {
    this.shape = shape;
    this.variable = tidy(() => variable(tensor(values, [...shape], 'float32'), false));
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
    this.update(() => tensor(float32Values(value), [...this.shape], 'float32'));
  }

  /** Frees its device memory. */
  dispose(): void {
    this.variable.dispose();
  }
}
