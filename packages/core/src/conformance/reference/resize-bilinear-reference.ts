import { type ReferenceArray, zerosArray } from '../reference-array.ts';

/** How pixels of the resized image map to the input's. At most one is true. */
export interface ResizeAttributes {
  readonly size: readonly [height: number, width: number];
  /** The centres of the corner pixels coincide. */
  readonly alignCorners: boolean;
  /** Pixels are areas: their centres are at half a pixel. */
  readonly halfPixelCenters: boolean;
}

interface Weighted {
  readonly from: number;
  readonly weight: number;
}

/** Bilinear interpolation of `x` `[N, H, W, C]`. */
export function resizeBilinear(x: ReferenceArray, attributes: ResizeAttributes): ReferenceArray {
  const [batch, , , channels] = x.shape as [number, number, number, number];
  const y = zerosArray([batch, ...attributes.size, channels]);
  forEachContribution(x.shape, attributes, (output, input, weight) => {
    y.data[output]! += x.data[input]! * weight;
  });
  return y;
}

/** Its gradient; `shape` is the input's. */
export function resizeBilinearGradient(
  dy: ReferenceArray,
  { shape, ...attributes }: ResizeAttributes & { shape: readonly number[] },
): ReferenceArray {
  const dx = zerosArray(shape);
  forEachContribution(shape, attributes, (output, input, weight) => {
    dx.data[input]! += dy.data[output]! * weight;
  });
  return dx;
}

function forEachContribution(
  inputShape: readonly number[],
  { size, ...corners }: ResizeAttributes,
  visit: (output: number, input: number, weight: number) => void,
): void {
  const [batch, height, width, channels] = inputShape as [number, number, number, number];
  for (let n = 0; n < batch; n++) {
    for (let oh = 0; oh < size[0]; oh++) {
      for (let ow = 0; ow < size[1]; ow++) {
        for (const row of interpolation(oh, { inputSide: height, outputSide: size[0], ...corners })) {
          for (const column of interpolation(ow, { inputSide: width, outputSide: size[1], ...corners })) {
            for (let c = 0; c < channels; c++) {
              const output = ((n * size[0] + oh) * size[1] + ow) * channels + c;
              const input = ((n * height + row.from) * width + column.from) * channels + c;
              visit(output, input, row.weight * column.weight);
            }
          }
        }
      }
    }
  }
}

/** The two pixels between which output pixel `at` of one axis lies, with their weights. */
function interpolation(
  at: number,
  axis: { inputSide: number; outputSide: number; alignCorners: boolean; halfPixelCenters: boolean },
): [Weighted, Weighted] {
  const aligned = axis.alignCorners && axis.outputSide > 1;
  const ratio = aligned ? (axis.inputSide - 1) / (axis.outputSide - 1) : axis.inputSide / axis.outputSide;
  const position = axis.halfPixelCenters ? ratio * (at + 0.5) - 0.5 : ratio * at;
  const low = Math.max(0, Math.floor(position));
  const high = Math.min(axis.inputSide - 1, Math.ceil(position));
  const fraction = position - low;
  // Left of the first centre both neighbours are the first pixel and the weights add up to one all the same.
  return [
    { from: low, weight: 1 - fraction },
    { from: high, weight: fraction },
  ];
}
