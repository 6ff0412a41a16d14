import { CnnError, EVALUATION, type Module } from '@cnn/core';
import { abs, argMax, grad, max, mul, oneHot, sum, type Tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';

/** Whose evidence is looked for. */
export interface SaliencyOptions {
  /** A class for each image. Default: those that the model decides for. */
  readonly classes?: readonly number[];
}

/**
 * How much each pixel matters to the score of a class: `max over channels of |d logit / d pixel|`, in evaluation mode.
 * Large where a small change of the pixel changes the decision much; it says nothing of the direction.
 *
 * @param images `[N, H, W, C]`, prepared as the model expects them.
 * @returns `[N, H, W]`, float32, ≥ 0. The caller disposes it.
 * @example
 * const map = saliency(model, images);
 * const values = await map.data();
 * @throws CnnError `invalid-shape` when `images` is no batch of images; `invalid-argument` when `classes` does not fit.
 * @see Simonyan et al., Deep Inside Convolutional Networks, 2013, https://arxiv.org/abs/1312.6034
 */
export function saliency(model: Module, images: Tensor, { classes }: SaliencyOptions = {}): Tensor {
  checkImages(images);
  return tidy(() => {
    const logits = model.forward(images, EVALUATION);
    const classCount = logits.shape.at(-1)!;
    if (classes) checkClasses(classes, images.shape[0]!, classCount);
    const chosen = oneHot(classes ? tensor1d([...classes], 'int32') : argMax(logits, -1), classCount, 1, 0, 'float32');
    // The images of a batch do not see each other in evaluation mode: the gradient of the sum is each one's own.
    const slope = grad((x) => sum(mul(model.forward(x, EVALUATION), chosen)))(images);
    return max(abs(slope), -1);
  });
}

function checkImages({ shape }: Tensor): void {
  if (shape.length === 4) return;
  throw new CnnError('invalid-shape', {
    where: 'saliency.images',
    expected: 'a batch of images [N, H, W, C]',
    received: `[${shape.join(', ')}]`,
    remedy: 'Stack images along a leading axis; of a single one, call expandDims(0)',
  });
}

function checkClasses(classes: readonly number[], imageCount: number, classCount: number): void {
  const legal = (index: number) => Number.isInteger(index) && index >= 0 && index < classCount;
  if (classes.length === imageCount && classes.every(legal)) return;
  throw new CnnError('invalid-argument', {
    where: 'saliency.classes',
    expected: `${imageCount} classes, each 0..${classCount - 1}`,
    received: `[${classes.join(', ')}]`,
    remedy: 'Pass the index of one class for each image, or leave it out for the decisions',
  });
}
