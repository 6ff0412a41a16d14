import { Conv2d, EVALUATION, type HostArray, Linear, type Module } from '@cnn/core';
import { dispose, keep, softmax, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayerCall } from './layer-card.ts';

/** Values of one call of a layer. */
export interface LayerValues {
  readonly call: number;
  readonly values: Float32Array<ArrayBuffer>;
  /** `[H, W, C]` of feature maps or `[features]`, as in memory; channels beyond the most that are shown are left out. */
  readonly shape: readonly number[];
}

/** What is wanted of a forward pass. */
export interface LookWanted {
  /** Calls whose outputs are read back. */
  readonly outputs: readonly number[];
  /** The call whose input and output are read back whole. */
  readonly whole?: number | null;
  /** Values of an output beyond which channels are left out. */
  readonly mostValues?: number;
}

/** What went on in a network for one image. */
export interface InnerLook {
  readonly probabilities: Float32Array<ArrayBuffer>;
  readonly outputs: readonly LayerValues[];
  /** Of the call that was wanted whole. */
  readonly whole: { readonly input: LayerValues; readonly output: LayerValues } | null;
}

/** What a page draws at once without stumbling. */
const MOST_VALUES = 200_000;

/** Sends one image `[1, H, W, C]` through a network and reads back what passes where it was asked to look. */
export async function lookInside(model: Module, image: HostArray, wanted: LookWanted): Promise<InnerLook> {
  const { outputs, whole = null, mostValues = MOST_VALUES } = wanted;
  const kept: { call: number; tensor: Tensor }[] = [];
  const keptWhole: Tensor[] = [];
  let call = 0;
  const probabilities = tidy(() => {
    const observe = (_: Module, input: Tensor, output: Tensor): void => {
      if (outputs.includes(call)) kept.push({ call, tensor: keep(output.clone()) });
      if (call === whole) keptWhole.push(keep(input.clone()), keep(output.clone()));
      call++;
    };
    const logits = model.forward(tensor(image.data, [...image.shape]), { ...EVALUATION, observe });
    return softmax(logits);
  });
  const read = async (of: number, tensor: Tensor, most: number): Promise<LayerValues> => {
    const data = await tensor.data<'float32'>(); // read-back
    return { call: of, ...fewerChannels(data, tensor.shape.slice(1), most) };
  };
  try {
    const [input, output] = await Promise.all(
      keptWhole.map((tensor) => read(whole!, tensor, Number.POSITIVE_INFINITY)),
    );
    return {
      probabilities: Float32Array.from(await probabilities.data()), // read-back
      outputs: await Promise.all(kept.map((entry) => read(entry.call, entry.tensor, mostValues))),
      whole: input && output ? { input, output } : null,
    };
  } finally {
    dispose([...kept.map(({ tensor }) => tensor), ...keptWhole, probabilities]);
  }
}

/** A copy with as many of the first channels as `most` values allow, at least one. */
export function fewerChannels(
  data: Float32Array,
  shape: readonly number[],
  most: number,
): { values: Float32Array<ArrayBuffer>; shape: readonly number[] } {
  const [height, width, channels] = shape;
  if (shape.length !== 3 || data.length <= most) return { values: Float32Array.from(data), shape };
  const area = height! * width!;
  const kept = Math.max(1, Math.floor(most / area));
  const values = new Float32Array(area * kept);
  for (let pixel = 0; pixel < area; pixel++) {
    values.set(data.subarray(pixel * channels!, pixel * channels! + kept), pixel * kept);
  }
  return { values, shape: [height!, width!, kept] };
}

/** Kernels of a layer as they look at their input. */
export interface FilterValues {
  readonly call: number;
  /** `[O, I, kH, kW]` in PyTorch's order; `I` is 1 or 3: one input channel, or all three of an image. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly shape: readonly number[];
  readonly inputChannel: number;
}

/** The kernels of a call, of one input channel; of a layer that sees three, of all. Null where it has none. */
export async function readFilters({ card, module }: LayerCall, inputChannel: number): Promise<FilterValues | null> {
  if (!(module instanceof Conv2d || module instanceof Linear) || !card.filterShape) return null;
  const [outputs, inputs, height, width] = card.filterShape as [number, number, number, number];
  const data = (await module.weight.read()).data as Float32Array<ArrayBuffer>; // read-back
  if (inputs === 3) return { call: card.call, values: data, shape: card.filterShape, inputChannel: 0 };
  const channel = Math.min(inputChannel, inputs - 1);
  const area = height * width;
  const kept = Math.min(outputs, Math.max(1, Math.floor(MOST_VALUES / area)));
  const values = new Float32Array(kept * area);
  for (let output = 0; output < kept; output++) {
    const start = (output * inputs + channel) * area;
    values.set(data.subarray(start, start + area), output * area);
  }
  return { call: card.call, values, shape: [kept, 1, height, width], inputChannel: channel };
}
