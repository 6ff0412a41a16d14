/** How far a download has come. */
export interface DownloadProgress {
  /** The file of the catalogue that is being fetched. */
  readonly file: string;
  /** Where it comes from. */
  readonly url: string;
  /** Bytes that are here, those of an earlier attempt included. */
  readonly receivedBytes: number;
  /** `null` where the server does not say. */
  readonly totalBytes: number | null;
}

/** Options that downloads share in Node and in browsers. */
export interface DownloadOptions {
  /** Called when a download starts and as bytes arrive. */
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download with `aborted`; what was received is kept for the next attempt. */
  readonly signal?: AbortSignal;
  /** Addresses to try before the catalogue's own, each ending with a slash: a mirror of your own. */
  readonly mirrors?: readonly string[];
}
