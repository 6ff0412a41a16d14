/** Where checkpoints are kept: a folder, the browser's storage, memory. */
export interface CheckpointStore {
  /** Replaces what `name` holds, wholly or not at all: whoever reads sees the old bytes or the new ones. */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes under `name`; undefined where there are none. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Removes `name`, if it is there. */
  remove(name: string): Promise<void>;
  /** All names, sorted. */
  list(): Promise<string[]>;
}
