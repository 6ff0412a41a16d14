import { BatchNorm2d, Conv2d, EVALUATION, type ForwardContext, Module, ReLU, Sequential } from '@cnn/core';
import { add, type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Options of `BasicBlock`. */
export interface BasicBlockOptions {
  /** Of its first convolution: 2 halves the image. Default 1. */
  readonly stride?: number;
}

/**
 * Two 3 × 3 convolutions whose result is added to their input, which passes a 1 × 1 convolution where its shape changes:
 * `[N, inChannels, H, W]` to `[N, outChannels, H/stride, W/stride]`.
 *
 * @see He et al., Deep Residual Learning for Image Recognition, 2016, https://arxiv.org/abs/1512.03385
 */
export class BasicBlock extends Module {
  /** 3 × 3 with the block's stride, to the block's channels. */
  readonly conv1: Conv2d;
  /** Normalises what `conv1` gives. */
  readonly bn1: BatchNorm2d;
  /** Used twice: behind `bn1` and behind the sum. */
  readonly relu: ReLU = new ReLU();
  /** 3 × 3 with stride 1. */
  readonly conv2: Conv2d;
  /** Normalises what `conv2` gives, before the sum. */
  readonly bn2: BatchNorm2d;
  /** 1 × 1 convolution and batch norm that bring the shortcut to the block's size; null where it has it. */
  readonly downsample: Sequential | null;

  /** From `inChannels` to `outChannels`; a stride of 2 halves height and width. */
  constructor(inChannels: number, outChannels: number, { stride = 1 }: BasicBlockOptions = {}) {
    super();
    // torchvision makes the shortcut first, which is the order of the draws, and names it last.
    const downsample =
      stride === 1 && inChannels === outChannels
        ? null
        : new Sequential(new Conv2d(inChannels, outChannels, 1, { stride, bias: false }), new BatchNorm2d(outChannels));
    this.conv1 = new Conv2d(inChannels, outChannels, 3, { stride, padding: 1, bias: false });
    this.bn1 = new BatchNorm2d(outChannels);
    this.conv2 = new Conv2d(outChannels, outChannels, 3, { padding: 1, bias: false });
    this.bn2 = new BatchNorm2d(outChannels);
    this.downsample = downsample;
  }

  /** Residual and shortcut added: `[N, H, W, inChannels]` to `[N, H / stride, W / stride, outChannels]`. */
  override forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    // What no gradient needs is freed block by block, which halves the memory of a pass.
    return tidy(() => {
      const shortcut = this.downsample ? this.downsample.forward(x, context) : x;
      let y = this.relu.forward(this.bn1.forward(this.conv1.forward(x, context), context), context);
      y = this.bn2.forward(this.conv2.forward(y, context), context);
      return this.relu.forward(add(y, shortcut), context);
    });
  }
}
