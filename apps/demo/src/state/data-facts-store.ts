import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { classNames, sampleShape } from './run-store.ts';

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

const FIRST_VISIT: DataFacts = { input: [1, 28, 28], classes: 10 };

/** Of the run's data set: what a network takes and gives. */
export const dataFacts: ReadonlySignal<DataFacts> = computed(() => {
  const [height, width, channels] = sampleShape.value;
  if (!height || !width || !channels) return FIRST_VISIT;
  return { input: [channels, height, width], classes: classNames.value.length };
});

/** An image of the data set, to show things on; null until one is there. */
export const exampleImage: Signal<ExampleImage | null> = signal(null);
