import { CnnError, nearestName } from '@cnn/core';
import type { Preprocessing } from '../export/preprocessing.ts';
import { IMAGENET_PREPROCESSING } from '../resnet/imagenet-preprocessing.ts';

/** One public home of a file of weights. */
export interface WeightsSource {
  /** Public address of the file. */
  readonly url: string;
  /** First hexadecimal digits of the file's SHA-256, or all 64. Absent where the home does not publish it. */
  readonly sha256?: string;
}

/** Weights that can be had by name. */
export interface PretrainedEntry {
  /** What users ask for: `resnet18`. */
  readonly name: string;
  /** What they were trained on and how well, in one line. */
  readonly title: string;
  /** Name in the zoo of the model that they fit. */
  readonly model: string;
  /** Homes of the same weights, tried in turn. */
  readonly sources: readonly WeightsSource[];
  /** No honest file is larger. */
  readonly maxBytes: number;
  /** What images went through when it was trained. */
  readonly preprocessing: Preprocessing;
}

const MB = 1_000_000;

/** By name. torchvision's file names carry the beginning of their checksum. */
export const PRETRAINED_ENTRIES: readonly PretrainedEntry[] = [
  {
    name: 'resnet18',
    title: "torchvision's IMAGENET1K_V1: 69.76 % top-1 on ImageNet, 1000 classes",
    model: 'resnet18',
    sources: [
      { url: 'https://download.pytorch.org/models/resnet18-f37072fd.pth', sha256: 'f37072fd' },
      { url: 'https://huggingface.co/timm/resnet18.tv_in1k/resolve/main/model.safetensors' },
    ],
    maxBytes: 60 * MB,
    preprocessing: IMAGENET_PREPROCESSING,
  },
  {
    name: 'resnet34',
    title: "torchvision's IMAGENET1K_V1: 73.31 % top-1 on ImageNet, 1000 classes",
    model: 'resnet34',
    sources: [
      { url: 'https://download.pytorch.org/models/resnet34-b627a593.pth', sha256: 'b627a593' },
      { url: 'https://huggingface.co/timm/resnet34.tv_in1k/resolve/main/model.safetensors' },
    ],
    maxBytes: 110 * MB,
    preprocessing: IMAGENET_PREPROCESSING,
  },
];

/** @throws CnnError `invalid-argument` for an unknown name, with the nearest one. */
export function pretrainedEntry(name: string): PretrainedEntry {
  const entry = PRETRAINED_ENTRIES.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const names = PRETRAINED_ENTRIES.map((candidate) => candidate.name);
  throw new CnnError('invalid-argument', {
    where: 'pretrained weights',
    expected: `one of ${names.join(', ')}, or the path of a file`,
    received: name,
    remedy: `Write ${nearestName(name, names)}`,
  });
}
