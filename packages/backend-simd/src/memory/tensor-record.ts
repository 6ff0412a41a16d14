import type { backend_util, DataType, TensorInfo } from '@tensorflow/tfjs-core';
import type { LinearBuffer } from './linear-buffer.ts';
import type { LinearMemory } from './linear-memory.ts';

/** A value that has not been computed yet: whoever needs its elements computes it, whoever can do better does not. */
export interface DeferredValue {
  /** Computes the elements into a fresh block, which the caller owns. */
  materialize(): LinearBuffer;
  /** Gives up what it holds; called once, when the tensor is disposed or has been materialised. */
  dispose(): void;
}

/**
 * What the backend knows of one data id. The elements are on the host (tensors made by the user or by a plain kernel), in
 * linear memory, or not computed yet; `values` hides which, for the kernels copied from the cpu backend.
 */
export class TensorRecord {
  readonly dtype: DataType;
  refCount: number;
  complexTensorInfos?: { real: TensorInfo; imag: TensorInfo };
  readonly #memory: LinearMemory;
  readonly #size: number;
  #host: backend_util.BackendValues | undefined;
  #buffer: LinearBuffer | undefined;
  #deferred: DeferredValue | undefined;
  #version = 0;
  readonly #converted = new Map<DataType, LinearBuffer>();

  constructor(
    memory: LinearMemory,
    tensor: { readonly dtype: DataType; readonly size: number; readonly refCount: number },
    content: { host?: backend_util.BackendValues; buffer?: LinearBuffer; deferred?: DeferredValue },
  ) {
    this.#memory = memory;
    this.dtype = tensor.dtype;
    this.#size = tensor.size;
    this.refCount = tensor.refCount;
    this.#host = content.host;
    this.#buffer = content.buffer;
    this.#deferred = content.deferred;
  }

  /** Counts changes of the elements, of which giving them up is the last. */
  get version(): number {
    return this.#version;
  }

  /** True while the elements, numbers, have not been taken to linear memory. */
  get onHost(): boolean {
    return this.#host !== undefined && this.dtype !== 'string' && this.dtype !== 'complex64';
  }

  /** The put-off computation, while nobody has needed the elements. */
  get deferred(): DeferredValue | undefined {
    return this.#deferred;
  }

  /** True where `values` is a view of linear memory, which must not outlive the kernel that asked for it. */
  get inLinearMemory(): boolean {
    return this.#buffer !== undefined || this.#deferred !== undefined;
  }

  /** All elements, computed if need be; a view where they are in linear memory. */
  get values(): backend_util.BackendValues {
    if (this.#deferred) this.buffer();
    if (this.#buffer === undefined) return this.#host ?? new Float32Array(0);
    this.#memory.watcher?.readOnHost(this.#buffer);
    return this.#view(this.#buffer);
  }

  set values(values: backend_util.BackendValues) {
    this.release();
    this.#host = values;
  }

  /** The block with the elements: float32, int32, or one byte each for bool. Computed or copied in if need be. */
  buffer(): LinearBuffer {
    if (this.#buffer) return this.#buffer;
    if (this.#deferred) {
      const deferred = this.#deferred;
      this.#buffer = deferred.materialize();
      this.#deferred = undefined;
      deferred.dispose();
      return this.#buffer;
    }
    const host = this.#host;
    this.#buffer = this.#memory.allocate(this.#size * (this.dtype === 'bool' ? 1 : 4));
    // From here on linear memory is the only copy.
    this.#host = undefined;
    if (host) this.#view(this.#buffer).set(host as Float32Array);
    return this.#buffer;
  }

  /**
   * The block with the elements as `dtype`. The cpu backend's casts to a wider type share the data of their input, so a
   * tensor may say float32 where its record holds int32 or bool.
   */
  bufferAs(dtype: DataType): LinearBuffer {
    if (dtype === this.dtype || dtype === 'complex64' || dtype === 'string') return this.buffer();
    const existing = this.#converted.get(dtype);
    if (existing) return existing;
    const converted = this.#memory.allocate(this.#size * (dtype === 'bool' ? 1 : 4));
    this.#converted.set(dtype, converted);
    const view =
      dtype === 'float32'
        ? this.#memory.floats(converted.pointer, this.#size)
        : this.#memory.integers(converted.pointer, this.#size);
    view.set(this.values as Float32Array);
    return converted;
  }

  /** The block with the elements, held by nobody else: a copy where a kernel that was put off still reads the old one. */
  bufferToUpdate(): LinearBuffer {
    const current = this.buffer();
    this.#releaseConverted();
    this.#version++;
    if (current.references === 1) {
      current.forgetDerived();
      return current;
    }
    const copy = this.#memory.allocate(current.sizeBytes);
    this.#memory.bytes(copy.pointer, current.sizeBytes).set(this.#memory.bytes(current.pointer, current.sizeBytes));
    current.release();
    this.#buffer = copy;
    return copy;
  }

  /** Gives back what the record holds. */
  release(): void {
    this.#version++;
    this.#releaseConverted();
    this.#buffer?.release();
    this.#deferred?.dispose();
    this.#buffer = undefined;
    this.#deferred = undefined;
    this.#host = undefined;
  }

  #view({ pointer }: LinearBuffer): Float32Array | Int32Array | Uint8Array {
    if (this.dtype === 'int32') return this.#memory.integers(pointer, this.#size);
    if (this.dtype === 'bool') return this.#memory.bytes(pointer, this.#size);
    return this.#memory.floats(pointer, this.#size);
  }

  #releaseConverted(): void {
    for (const converted of this.#converted.values()) converted.release();
    this.#converted.clear();
  }
}
