import {
  AdaptiveAvgPool2d,
  ambientGenerator,
  BatchNorm2d,
  Conv2d,
  EVALUATION,
  Flatten,
  type ForwardContext,
  type Generator,
  kaimingNormal,
  Linear,
  MaxPool2d,
  Module,
  ReLU,
  Sequential,
} from '@cnn/core';
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type ClassifierOptions, checkInteger } from '../zoo/classifier-options.ts';
import { BasicBlock } from './basic-block.ts';

/** Blocks in each of the four stages. */
export type ResNetDepths = readonly [number, number, number, number];

const WIDTHS = [64, 128, 256, 512] as const;

/**
 * A residual network as in torchvision: the same names of parameters, and from the same seed the same initial ones, up to
 * the last bits of the normal distribution. Images of 32 pixels or more; 224 as it was trained.
 *
 * @see https://pytorch.org/vision/stable/models/resnet.html
 */
export class ResNet extends Module {
  /** 7 × 7 with stride 2, to 64 channels, without bias. */
  readonly conv1: Conv2d;
  /** Normalises what `conv1` gives. */
  readonly bn1: BatchNorm2d;
  /** Behind `bn1`. */
  readonly relu: ReLU = new ReLU();
  /** 3 × 3 with stride 2: a quarter of the image's side is left. */
  readonly maxpool: MaxPool2d = new MaxPool2d(3, { stride: 2, padding: 1 });
  /** Blocks of 64 channels. */
  readonly layer1: Sequential;
  /** Blocks of 128 channels; the first halves height and width. */
  readonly layer2: Sequential;
  /** Blocks of 256 channels; the first halves height and width. */
  readonly layer3: Sequential;
  /** Blocks of 512 channels; the first halves height and width. */
  readonly layer4: Sequential;
  /** Mean of each channel over the whole map. */
  readonly avgpool: AdaptiveAvgPool2d = new AdaptiveAvgPool2d(1);
  /** `[N, 1, 1, 512]` to `[N, 512]`. */
  readonly flatten: Flatten = new Flatten();
  /** Not readonly: `replaceHead` puts another in its place. */
  fc: Linear;

  /**
   * For the 1000 classes of ImageNet and 3 channels unless told otherwise.
   *
   * @throws CnnError `invalid-argument` for an option that is no legal value.
   */
  constructor(depths: ResNetDepths, { classes = 1000, inChannels = 3 }: ClassifierOptions = {}) {
    super();
    checkInteger('ResNet.classes', classes, 1);
    checkInteger('ResNet.inChannels', inChannels, 1);
    const generator = ambientGenerator();
    this.conv1 = new Conv2d(inChannels, WIDTHS[0], 7, { stride: 2, padding: 3, bias: false });
    this.bn1 = new BatchNorm2d(WIDTHS[0]);
    this.layer1 = stage(WIDTHS[0], WIDTHS[0], depths[0], 1);
    this.layer2 = stage(WIDTHS[0], WIDTHS[1], depths[1], 2);
    this.layer3 = stage(WIDTHS[1], WIDTHS[2], depths[2], 2);
    this.layer4 = stage(WIDTHS[2], WIDTHS[3], depths[3], 2);
    this.fc = new Linear(WIDTHS[3], classes);
    redrawConvolutions(this, generator);
  }

  /** @param x `[N, H, W, 3]`, normalised with ImageNet's mean and std. @returns Logits `[N, classes]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    return this.fc.forward(this.features(x, context), context);
  }

  /** What the head sees: `[N, 512]`. */
  features(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    x = tidy(() => {
      const stem = this.relu.forward(this.bn1.forward(this.conv1.forward(x, context), context), context);
      return this.maxpool.forward(stem, context);
    });
    for (const layer of [this.layer1, this.layer2, this.layer3, this.layer4]) x = layer.forward(x, context);
    return this.flatten.forward(this.avgpool.forward(x, context), context);
  }
}

/** Residual blocks of one width, the first of which changes to it. */
function stage(inChannels: number, outChannels: number, depth: number, stride: number): Sequential {
  const blocks = Array.from({ length: depth }, (_, i) =>
    i === 0 ? new BasicBlock(inChannels, outChannels, { stride }) : new BasicBlock(outChannels, outChannels),
  );
  return new Sequential(...blocks);
}

/** torchvision draws every convolution a second time, from a normal distribution, in the order of its modules. */
function redrawConvolutions(model: Module, generator: Generator): void {
  for (const [, module] of model.namedModules()) {
    if (!(module instanceof Conv2d)) continue;
    const { shape } = module.weight;
    const data = kaimingNormal(shape, generator, { mode: 'fanOut', nonlinearity: 'relu' });
    module.weight.write({ dtype: 'float32', shape, data });
  }
}
