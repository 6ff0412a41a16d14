/** A file that grows, and whose end can be cut off: what the log writers write to. */
export interface TextFile {
  /**
   * Begins to write after the first `sizeBytes`; what lies beyond is cut off. It is created where it is not there.
   * Returns where it begins, in bytes: `sizeBytes`, or 0 where it was created.
   *
   * @throws CnnError `state-mismatch` when it is there and holds less than that.
   */
  open(sizeBytes: number): Promise<number>;
  /** Text is written as UTF-8. */
  append(data: string | Uint8Array): Promise<void>;
  /** Makes sure that everything appended is kept, also if the machine stops. Returns the size in bytes. */
  flush(): Promise<number>;
  /** Ends writing. It may be opened again. */
  close(): Promise<void>;
}
