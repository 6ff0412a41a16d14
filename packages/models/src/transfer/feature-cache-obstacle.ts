import type { Module } from '@cnn/core';
import { findHead, isBackboneFrozen } from './replace-head.ts';

/** What decides whether features may be kept from one epoch to the next. */
export interface FeatureCacheConditions {
  /** Path of the head. Default: the last `Linear`. */
  readonly head?: string;
  /** Names of the augmentations of the training data, if any. */
  readonly augmentations?: readonly string[];
  /** True when parts of the backbone are to thaw later. */
  readonly unfreezes?: boolean;
}

/**
 * Why the features of a backbone must be computed anew each epoch, in words; `null` where they may be cached. Whoever
 * offers the cache asks here first and goes without it otherwise.
 */
export function featureCacheObstacle(model: Module, conditions: FeatureCacheConditions = {}): string | null {
  const { head = findHead(model), augmentations = [], unfreezes = false } = conditions;
  if (augmentations.length > 0) return `augmentation (${augmentations.join(', ')}) changes the images each epoch`;
  if (unfreezes) return 'the backbone thaws later';
  if (!isBackboneFrozen(model, head)) return `not everything but ${head} is frozen`;
  return null;
}
