import type { Preprocessing } from '../export/preprocessing.ts';

/**
 * What torchvision's ResNets expect: the shorter side to 256 pixels (bilinear, with antialias), the middle 224 × 224,
 * ImageNet's mean and standard deviation.
 *
 * @see https://pytorch.org/vision/stable/models/generated/torchvision.models.resnet18.html
 */
export const IMAGENET_PREPROCESSING: Preprocessing = {
  inputShape: [3, 224, 224],
  resize: 256,
  centerCrop: 224,
  interpolation: 'bilinear',
  antialias: true,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
