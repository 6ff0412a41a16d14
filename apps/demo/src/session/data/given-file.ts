/** A file that a person gave to the page, with its path where it came in a folder. */
export interface GivenFile {
  readonly file: File;
  /** `pets/cats/1.png`; the name alone for a file by itself. */
  readonly path: string;
}

/** What a file turned out to be, told by its content, not by its name. */
export type FileKind = 'idx-images' | 'idx-labels' | 'csv' | 'image' | 'unknown';
