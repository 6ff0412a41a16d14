import type { CaptureResult, CapturingBackend } from '@cnn/core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import {
  type backend_util,
  DataStorage,
  type DataType,
  engine,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
  util,
  Variable,
} from '@tensorflow/tfjs-core';
import { captureForward } from './capture/captured-forward.ts';
import type { Recording } from './capture/recording.ts';
import type { LinearBuffer } from './memory/linear-buffer.ts';
import type { LinearMemory, SimdMemoryInfo } from './memory/linear-memory.ts';
import { type DeferredValue, TensorRecord } from './memory/tensor-record.ts';
import type { Job, TaskRunner } from './threads/task-runner.ts';
import type { FeatureLevel } from './wasm/feature-level.ts';

type BackendValues = backend_util.BackendValues;

/** A tensor being made by a kernel, and the address of its elements. */
export interface KernelOutput {
  readonly info: TensorInfo;
  readonly pointer: number;
}

/**
 * The backend: tensors in linear memory, kernels in WebAssembly. It is a `MathBackendCPU`, so that every kernel of the
 * cpu backend works on it too.
 *
 * A kernel asks `pointer(input)` for the address of an input's elements, `output(shape)` for a fresh tensor, and
 * `run(job)` to compute.
 */
export class SimdBackend extends MathBackendCPU implements CapturingBackend {
  /** Where the elements of its tensors live. */
  readonly memoryPool: LinearMemory;
  /** Which build of the kernels runs: `relaxed` with fused multiply-add, or `simd`. */
  readonly featureLevel: FeatureLevel;
  readonly #runner: TaskRunner;
  #nextId = 0;
  #recording: Recording | undefined;

  /** From memory, a runner of jobs on it and the build of the kernels; `createSimdBackend` puts these together. */
  constructor(parts: { memory: LinearMemory; runner: TaskRunner; featureLevel: FeatureLevel }) {
    super();
    this.memoryPool = parts.memory;
    this.featureLevel = parts.featureLevel;
    this.#runner = parts.runner;
    this.data = new DataStorage<TensorRecord>(this, engine());
  }

  /** Address of the tensor's elements, row-major: float32, int32, or one byte each for bool. Computed if put off. */
  pointer(tensor: TensorInfo): number {
    return this.buffer(tensor).pointer;
  }

  /** Address of the tensor's elements for a kernel that changes them in place. Kernels put off before keep the old ones. */
  pointerToUpdate(tensor: TensorInfo): number {
    if (tensor instanceof Variable && this.record(tensor).refCount > 1) this.#separate(tensor);
    return this.record(tensor).bufferToUpdate().pointer;
  }

  /** The block with the tensor's elements, for kernels that are put off and must keep their inputs. */
  buffer(tensor: TensorInfo): LinearBuffer {
    return this.record(tensor).bufferAs(tensor.dtype);
  }

  /** What the backend knows of a tensor: its type, its users, and where its values are. */
  record(tensor: TensorInfo): TensorRecord {
    const record = this.data.get(tensor.dataId) as TensorRecord;
    this.#recording?.used(record);
    return record;
  }

  /** A fresh tensor in linear memory, contents undefined. */
  output(shape: readonly number[], dtype: 'float32' | 'int32' | 'bool' = 'float32'): KernelOutput {
    const buffer = this.memoryPool.allocate(util.sizeFromShape([...shape]) * (dtype === 'bool' ? 1 : 4));
    return { info: this.adopt(shape, dtype, { buffer }), pointer: buffer.pointer };
  }

  /** A fresh tensor around a block or a value that is put off; the tensor owns it from here on. */
  adopt(
    shape: readonly number[],
    dtype: 'float32' | 'int32' | 'bool',
    content: { buffer: LinearBuffer } | { deferred: DeferredValue },
  ): TensorInfo {
    const dataId = { id: this.#nextId++ };
    const size = util.sizeFromShape([...shape]);
    const record = new TensorRecord(this.memoryPool, { dtype, size, refCount: 1 }, content);
    this.data.set(dataId, record);
    this.#recording?.made(record);
    return { dataId, shape: [...shape], dtype };
  }

  /** A block with these integers, for a kernel to read; the caller releases it. */
  constants(integers: readonly number[]): LinearBuffer {
    const buffer = this.memoryPool.allocate(integers.length * 4);
    this.memoryPool.integers(buffer.pointer, integers.length).set(integers);
    return buffer;
  }

  /** Runs a job to its end. */
  run(job: Job): void {
    this.#recording?.job(job);
    this.#runner.run(job);
  }

  /** Another form of a block, like weights in panels, kept while its contents last. The caller releases what it gets. */
  derived(source: LinearBuffer, form: string, compute: () => LinearBuffer): LinearBuffer {
    const derive = (): LinearBuffer => source.derive(form, compute);
    return this.#recording ? this.#recording.derived(source, derive) : derive();
  }

  /** A copy of the float32 elements, for a kernel that computes on the host. */
  hostValues(tensor: TensorInfo): Float32Array {
    const buffer = this.buffer(tensor);
    this.memoryPool.watcher?.readOnHost(buffer);
    return this.memoryPool.floats(buffer.pointer, util.sizeFromShape(tensor.shape)).slice();
  }

  /** Told of each kernel's inputs before it runs. */
  beforeKernel(inputs: NamedTensorInfoMap): void {
    this.#recording?.inputs(inputs);
  }

  /** Notes in `recording` what `work` does. */
  recorded<Result>(recording: Recording, work: () => Result): Result {
    this.#recording = recording;
    this.memoryPool.watcher = recording;
    try {
      return work();
    } catch (error) {
      recording.release();
      throw error;
    } finally {
      this.#recording = undefined;
      this.memoryPool.watcher = undefined;
    }
  }

  /** Runs a forward pass and, where it can, keeps it for running again without any dispatch (`CapturingBackend`). */
  captureForward(
    input: { readonly values: Float32Array; readonly shape: readonly number[] },
    forward: (input: Tensor) => readonly Tensor[],
  ): CaptureResult {
    return captureForward(this, input, forward);
  }

  /** Threads that compute, the calling one included. */
  get threads(): number {
    return this.#runner.pool.threads;
  }

  /** Whether a worker has come up and takes part; asking starts them. */
  get workersUp(): boolean {
    return this.#runner.pool.available();
  }

  /** Changes the number of threads. Results do not depend on it. */
  setThreads(threads: number | 'auto'): void {
    this.#runner.pool.resize(threads);
  }

  /** Memory held, its peak and its limit. */
  get memoryInfo(): SimdMemoryInfo {
    return this.memoryPool.info;
  }

  /**
   * Takes values into a tensor of its own with one user. They are copied to linear memory when a kernel first needs
   * them.
   */
  override write(values: BackendValues, shape: number[], dtype: DataType): object {
    const dataId = { id: this.#nextId++ };
    this.move(dataId, values, shape, dtype, 1);
    return dataId;
  }

  /** Takes values under an id that tfjs-core chose, as when a tensor comes from another backend. */
  override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, refCount: number): void {
    const tensor = { dtype, size: util.sizeFromShape(shape), refCount };
    const record = new TensorRecord(this.memoryPool, tensor, { host: values });
    this.data.set(dataId, record);
    this.#recording?.made(record);
  }

  /** A copy of the tensor's values, row-major; what was put off is computed first. */
  override readSync(dataId: object): BackendValues {
    const record = this.data.get(dataId) as TensorRecord;
    // A copy: the caller may keep it, and the block will be used again.
    if (record.inLinearMemory) return (record.values as Float32Array).slice();
    return super.readSync(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    if (!this.data.has(dataId)) return true;
    const record = this.data.get(dataId) as TensorRecord;
    record.refCount--;
    if (!force && record.refCount > 0) return false;
    const { complexTensorInfos } = record;
    if (complexTensorInfos) {
      this.disposeData(complexTensorInfos.real.dataId, true);
      this.disposeData(complexTensorInfos.imag.dataId, true);
    }
    record.release();
    this.data.delete(dataId);
    return true;
  }

  /** Gives a variable data of its own: a clone shares its original's, and keeps the values that it was made of. */
  #separate(variable: Variable): void {
    const { pointer, sizeBytes } = this.buffer(variable);
    const buffer = this.memoryPool.allocate(sizeBytes);
    this.memoryPool.bytes(buffer.pointer, sizeBytes).set(this.memoryPool.bytes(pointer, sizeBytes));
    const copy = engine().makeTensorFromTensorInfo(this.adopt(variable.shape, 'float32', { buffer }));
    variable.assign(copy);
    copy.dispose();
  }

  /** Ends the threads. */
  override dispose(): void {
    this.#runner.pool.stop();
  }

  /** What `tf.memory()` adds to its counts of tensors: memory held, its peak and its limit. */
  override memory(): ReturnType<MathBackendCPU['memory']> & SimdMemoryInfo {
    return { unreliable: false, reasons: [], ...this.memoryInfo };
  }
}
