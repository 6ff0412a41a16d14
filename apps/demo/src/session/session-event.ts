import type { Config } from '@cnn/cli/config';
import type { BackendDetails } from '@cnn/core';

/** What the Worker tells the page. Numbers, strings and typed arrays only, at most ten times a second. */
export type SessionEvent =
  | {
      readonly type: 'opened';
      readonly run: number;
      readonly config: Config;
      readonly backend: BackendDetails;
      readonly stepsPerEpoch: number;
      readonly parameterCount: number;
      readonly step: number;
      readonly losses: readonly StepPoint[];
      readonly epochs: readonly EpochPoint[];
    }
  | { readonly type: 'steps'; readonly steps: readonly StepPoint[]; readonly imagesPerSecond: number }
  | { readonly type: 'epoch'; readonly epoch: EpochPoint }
  | { readonly type: 'status'; readonly status: SessionStatus }
  | { readonly type: 'problem'; readonly title: string; readonly detail: string };

/** Loss of one optimizer update. */
export interface StepPoint {
  readonly step: number;
  readonly loss: number;
}

/** What one epoch came to. */
export interface EpochPoint {
  /** From 1. */
  readonly epoch: number;
  readonly step: number;
  readonly train: { readonly loss: number; readonly accuracy: number };
  readonly test: { readonly loss: number; readonly accuracy: number };
}

export type SessionStatus = 'opening' | 'ready' | 'running' | 'paused' | 'ended' | 'failed';
