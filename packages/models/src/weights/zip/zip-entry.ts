/** One file of an archive: where its bytes lie and what they are said to expand to. */
export interface ZipEntry {
  readonly name: string;
  readonly compressed: boolean;
  /** Position of its bytes in the archive. */
  readonly start: number;
  readonly compressedBytes: number;
  /** Size that the directory declares. Not to be believed before it is checked. */
  readonly sizeBytes: number;
}
