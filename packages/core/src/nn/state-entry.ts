/** A tensor on the host in PyTorch's layout, as state dicts and weight files hold it. */
export interface HostTensor {
  /** Type of the elements, by PyTorch's name. */
  readonly dtype:
    | 'float32'
    | 'float64'
    | 'float16'
    | 'bfloat16'
    | 'int64'
    | 'int32'
    | 'int16'
    | 'int8'
    | 'uint8'
    | 'bool';
  /** Length of each axis in PyTorch's order. */
  readonly shape: readonly number[];
  /** Row-major. `float16` and `bfloat16` as their bits in a Uint16Array, `bool` as bytes 0 and 1. */
  readonly data:
    | Float32Array
    | Float64Array
    | BigInt64Array
    | Int32Array
    | Int16Array
    | Int8Array
    | Uint8Array
    | Uint16Array;
}

/** Named tensors in PyTorch's names, order and layout. */
export type StateDict = Map<string, HostTensor>;

/** Something of a module that its state dict holds: a parameter or a buffer. */
export interface StateEntry {
  /** Shape in PyTorch's layout, for example OIHW for the weight of a convolution. */
  readonly shape: readonly number[];
  /** Reads it back from the device, in PyTorch's layout. */
  read(): Promise<HostTensor>;
  /** Replaces its value by `value`, which has its shape (any float or integer dtype is converted). */
  write(value: HostTensor): void;
  /** Frees its device memory. */
  dispose(): void;
}
