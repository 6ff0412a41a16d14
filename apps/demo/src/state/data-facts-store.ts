import { type Signal, signal } from '@preact/signals';

/** What the network is built for. */
export interface DataFacts {
  /** Shape of one image after all transforms, `[C, H, W]`. */
  readonly input: readonly [channels: number, height: number, width: number];
  readonly classes: number;
}

/** An image in bytes, HWC. */
export interface ExampleImage {
  readonly pixels: Uint8Array;
  readonly shape: readonly [height: number, width: number, channels: number];
}

/** Of the data set that is chosen: what a network takes and gives. */
export const dataFacts: Signal<DataFacts> = signal({ input: [1, 28, 28], classes: 10 });

/** An image of the data set, to show things on; null until one is there. */
export const exampleImage: Signal<ExampleImage | null> = signal(null);
