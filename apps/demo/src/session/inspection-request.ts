import type { Thumbnail } from './image-input.ts';
import type { LayerCard } from './layer-card.ts';
import type { LayerStatistics } from './layer-statistics.ts';
import type { FilterValues, LayerValues } from './look-inside.ts';

/** The image that is sent through the network: of the test set, or what was drawn or dropped last. */
export type ImageChoice = { readonly kind: 'test'; readonly index: number } | { readonly kind: 'drawing' };

/** What the page can ask for, whatever the image. */
export interface NetworkCard {
  /** Number of the run: another run, another network. */
  readonly run: number;
  readonly layers: readonly LayerCard[];
  readonly classNames: readonly string[];
  readonly testCount: number;
}

/** What is wanted of a look. Numbers of layers are those of their calls. */
export interface LookRequest {
  readonly image: ImageChoice;
  /** Layers whose feature maps are wanted. */
  readonly maps: readonly number[];
  /** Layers whose kernels are wanted, each with the input channel that they look at. */
  readonly filters: readonly { readonly call: number; readonly inputChannel: number }[];
  /** The layer whose window is slid: its whole input, output and weights are wanted. */
  readonly window?: number | null;
  /** Show the network as it was after this step, or the last one before it that is remembered; as it is now without. */
  readonly atStep?: number | null;
  /** Nobody waits for it: it may wait until training has had its share of the time. */
  readonly patient?: boolean;
}

/** What a window slides over, and what it makes of it. Maps are `[H, W, C]`, weights `[O, I, kH, kW]`. */
export interface WindowValues {
  readonly call: number;
  readonly input: LayerValues;
  readonly output: LayerValues;
  readonly weight: Float32Array<ArrayBuffer> | null;
  readonly bias: Float32Array<ArrayBuffer> | null;
}

/** The network at one moment, for one image. */
export interface NetworkLook {
  readonly run: number;
  readonly step: number;
  /** What the image is, without transforms. */
  readonly picture: Thumbnail;
  /** Class of the image; null of a drawing. */
  readonly truth: number | null;
  readonly probabilities: Float32Array<ArrayBuffer>;
  readonly maps: readonly LayerValues[];
  readonly filters: readonly FilterValues[];
  readonly window: WindowValues | null;
  /** Steps that are remembered. */
  readonly history: readonly number[];
}

/** How the layers are after a step. */
export interface StatisticsReport {
  readonly run: number;
  readonly step: number;
  readonly images: number;
  readonly layers: readonly LayerStatistics[];
}

/** What the network makes of a drawing. */
export interface Reading {
  readonly step: number;
  readonly probabilities: Float32Array<ArrayBuffer>;
  /** The drawing made like the data set's images, before transforms. */
  readonly picture: Thumbnail;
  /** `|d logit of the decision / d pixel|`, `[H, W]`, of the image as the network sees it. */
  readonly saliency: { readonly values: Float32Array<ArrayBuffer>; readonly shape: readonly [number, number] } | null;
  /** What was done to it that a person should know. */
  readonly note: string | null;
}
