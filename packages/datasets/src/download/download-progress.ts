/** How far a download has come. */
export interface DownloadProgress {
  readonly file: string;
  readonly url: string;
  /** Bytes that are here, those of an earlier attempt included. */
  readonly receivedBytes: number;
  /** `null` where the server does not say. */
  readonly totalBytes: number | null;
}

/** Options that downloads share in Node and in browsers. */
export interface DownloadOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly signal?: AbortSignal;
  /** Addresses to try before the catalogue's own, each ending with a slash: a mirror of your own. */
  readonly mirrors?: readonly string[];
}
