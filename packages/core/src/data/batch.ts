/** A dense array on the host with its shape. */
export interface HostArray<Data extends Float32Array | Int32Array = Float32Array> {
  /** Elements, row-major. */
  readonly data: Data;
  /** Length of each axis, the batch first. */
  readonly shape: readonly number[];
}

/** What a loader yields: samples stacked along a leading axis N, on the host, ready to upload. */
export interface Batch {
  /** Images `[N, H, W, C]`, float32. */
  readonly inputs: HostArray<Float32Array>;
  /** Class indices `[N]`, int32; or class probabilities `[N, classes]`, float32. */
  readonly targets: HostArray<Int32Array> | HostArray<Float32Array>;
  /** Position of each sample in its dataset, `[N]`. */
  readonly indices: Int32Array;
  /** N. */
  readonly size: number;
}

/**
 * A source of batches that can be walked once an epoch. Any `AsyncIterable<Batch>` trains; one that also has
 * `state` and `restore` can be resumed in the middle of an epoch.
 */
export interface BatchSource extends AsyncIterable<Batch> {
  /** Batches an epoch, where it is known. */
  readonly length?: number;
  /** Where the walk stands, as JSON: what `restore` needs so that the next batch is the one that would have come. */
  state?(): BatchSourceState;
  /** Takes up a position that `state` returned: the next walk goes on there. */
  restore?(state: BatchSourceState): void;
}

/** Position of a batch source, as plain JSON. */
export type BatchSourceState = { readonly [key: string]: JsonValue };

/** What `JSON.stringify` keeps as it is. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
