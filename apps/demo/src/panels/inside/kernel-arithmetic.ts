import { type Maps, valueAt, type WindowPixel, type WindowSpec, windowPixels } from './window-spec.ts';

/** A convolution on the host. */
export interface Convolution extends WindowSpec {
  readonly groups: number;
  /** `[O, I / groups, kH, kW]` in PyTorch's order. */
  readonly weight: Float32Array;
  /** `[O]`; null where there is none. */
  readonly bias: Float32Array | null;
  readonly outChannels: number;
}

/** A pixel times its weight. */
interface Product {
  readonly pixel: WindowPixel;
  readonly value: number;
  readonly weight: number;
  readonly product: number;
}

/** How one output of a convolution comes about. */
export interface KernelSum {
  /** Of the input channel that is looked at, row by row of the kernel. */
  readonly products: readonly Product[];
  /** What each input channel of the filter's group adds: the sum of its products. */
  readonly channelSums: readonly number[];
  /** First input channel of the filter's group. */
  readonly firstChannel: number;
  readonly bias: number;
  /** All sums and the bias: the value in the feature map. */
  readonly output: number;
}

/** What to compute. */
export interface KernelPlace {
  /** The filter. */
  readonly outputChannel: number;
  /** The input channel whose products are wanted; one of the filter's group. */
  readonly inputChannel: number;
  readonly row: number;
  readonly column: number;
}

/** One output of a convolution, written out. Sums are of doubles: the network's are of singles, in another order. */
export function kernelSum(convolution: Convolution, input: Maps, place: KernelPlace): KernelSum {
  const { groups, kernelSize, weight, bias, outChannels } = convolution;
  const perGroup = input.shape[2] / groups;
  const firstChannel = Math.floor(place.outputChannel / (outChannels / groups)) * perGroup;
  const pixels = windowPixels(convolution, input.shape, [place.row, place.column]);
  const area = kernelSize[0] * kernelSize[1];
  const productsOf = (channel: number): Product[] => {
    const start = (place.outputChannel * perGroup + channel - firstChannel) * area;
    return pixels.map((pixel, index) => {
      const value = valueAt(input, pixel, channel);
      return { pixel, value, weight: weight[start + index]!, product: value * weight[start + index]! };
    });
  };
  const sum = (products: readonly Product[]): number => products.reduce((total, { product }) => total + product, 0);
  const channelSums = Array.from({ length: perGroup }, (_, index) => sum(productsOf(firstChannel + index)));
  const added = bias?.[place.outputChannel] ?? 0;
  return {
    products: productsOf(place.inputChannel),
    channelSums,
    firstChannel,
    bias: added,
    output: channelSums.reduce((total, value) => total + value, added),
  };
}
