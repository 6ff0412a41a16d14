import {
  AvgPool2d,
  Conv2d,
  EVALUATION,
  Flatten,
  Layer,
  Linear,
  MaxPool2d,
  type Module,
  PoolingLayer,
  torchShape,
} from '@cnn/core';
import { type Tensor, tidy, zeros } from '@tensorflow/tfjs-core';

/** The window of a layer, in pixels of its input. Each pair is rows, columns. */
export interface LayerWindowCard {
  readonly kind: 'convolution' | 'max' | 'average';
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly paddingBegin: readonly [number, number];
  readonly paddingEnd: readonly [number, number];
  /** Of a convolution; 1 otherwise. */
  readonly groups: number;
  /** Of an average; true otherwise. */
  readonly countIncludePad: boolean;
}

/** One call of one layer in a forward pass: what there is to show of it, whatever the image. Plain data. */
export interface LayerCard {
  /** Position among the calls, from 0. A layer that is called twice has two cards. */
  readonly call: number;
  /** Path in the model, for example `features.0`. */
  readonly path: string;
  /** PyTorch's name, for example `Conv2d`. */
  readonly kind: string;
  /** Of one image, in PyTorch's order: `[C, H, W]` or `[features]`. */
  readonly inputShape: readonly number[];
  readonly outputShape: readonly number[];
  /** How the output's size comes about, with its numbers. */
  readonly formula: string | null;
  /** Weights that can be seen as kernels `[O, I, kH, kW]`: of a convolution, or of a linear layer behind a flattened image. */
  readonly filterShape: readonly number[] | null;
  readonly window: LayerWindowCard | null;
}

/** A layer's call with its module. */
export interface LayerCall {
  readonly card: LayerCard;
  readonly module: Module;
}

/** Values of all layers that may be in memory at once, 64 MB of them. */
const MOST_ACTIVATIONS = 2 ** 24;

/** The calls of a model's layers for one image `[H, W, C]`, in order, by one forward pass of a black one. */
export function layerCalls(model: Module, sampleShape: readonly number[]): LayerCall[] {
  const paths = new Map([...model.namedModules()].map(([path, module]) => [module, path]));
  const calls: LayerCall[] = [];
  /** Shape `[C, H, W]` of the images that were flattened last. */
  let flattened: readonly number[] | null = null;
  const observe = (module: Module, input: Tensor, output: Tensor): void => {
    const [inputShape, outputShape] = [torchShape(input.shape).slice(1), torchShape(output.shape).slice(1)];
    if (module instanceof Flatten) flattened = inputShape.length === 3 ? inputShape : null;
    const description = module instanceof Layer ? module.describe(torchShape(input.shape)) : undefined;
    calls.push({
      module,
      card: {
        call: calls.length,
        path: paths.get(module) ?? '',
        kind: description?.kind ?? module.constructor.name,
        inputShape,
        outputShape,
        formula: description?.formula ?? null,
        filterShape: filterShape(module, flattened),
        window: windowOf(module),
      },
    });
  };
  tidy(() => {
    model.forward(zeros([1, ...sampleShape]), { ...EVALUATION, observe });
  });
  return calls;
}

/** Values that one image leaves behind on its way through all layers: what a pass keeps in memory. */
function activationCount(calls: readonly LayerCall[]): number {
  return calls.reduce((sum, { card }) => sum + card.outputShape.reduce((product, side) => product * side, 1), 0);
}

/** How many images may go through at once: fewer of large ones, at least one. */
export function imagesAtOnce(calls: readonly LayerCall[], most: number): number {
  return Math.max(1, Math.min(most, Math.floor(MOST_ACTIVATIONS / activationCount(calls))));
}

/** A linear layer that sees a whole image has images as weights: PyTorch flattens channel by channel. */
function filterShape(module: Module, flattened: readonly number[] | null): readonly number[] | null {
  if (module instanceof Conv2d) return module.weight.shape;
  if (!(module instanceof Linear)) return null;
  const [outputs, inputs] = [module.weight.shape[0]!, module.weight.shape[1]!];
  const [channels, height, width] = flattened ?? [];
  const isImage = channels !== undefined && channels * height! * width! === inputs && height! * width! > 1;
  return isImage ? [outputs, channels, height!, width!] : [1, 1, outputs, inputs];
}

function windowOf(module: Module): LayerWindowCard | null {
  const isWindow = module instanceof Conv2d || module instanceof PoolingLayer;
  if (!isWindow) return null;
  const { kernelSize, stride, dilation, paddingBegin, paddingEnd } = module;
  const kind = module instanceof Conv2d ? 'convolution' : module instanceof MaxPool2d ? 'max' : 'average';
  return {
    kind,
    kernelSize,
    stride,
    dilation,
    paddingBegin,
    paddingEnd,
    groups: module instanceof Conv2d ? module.groups : 1,
    countIncludePad: module instanceof AvgPool2d ? module.countIncludePad : true,
  };
}
