/** Height, width and channels of an image, in that order: images are HWC in memory. */
export type ImageShape = readonly [height: number, width: number, channels: number];

/** One labelled image on the host. */
export interface Sample {
  /** Pixels in HWC order: bytes 0..255 as read, or floats after a transform. May be a view; do not write to it. */
  readonly pixels: Uint8Array | Float32Array;
  /** `[H, W, C]` of `pixels`. */
  readonly shape: ImageShape;
  /** Class index, 0..classNames.length - 1. */
  readonly label: number;
}

/**
 * Labelled images by index. Reading is cheap: a view of bytes held in memory, or one decoded file.
 * Implementations never build a JavaScript object per pixel.
 */
export interface Dataset {
  /** For messages and logs. */
  readonly name: string;
  /** Number of samples; `get` takes indices below it. */
  readonly length: number;
  /** Name of each class; a sample's label is an index into it. */
  readonly classNames: readonly string[];
  /** Shape common to all samples, or `null` where files differ in size (resize them with a transform). */
  readonly sampleShape: ImageShape | null;
  /** @throws CnnError `invalid-argument` when `index` is not an integer in 0..length - 1. */
  get(index: number): Sample | Promise<Sample>;
}
