import type { BackendDetails } from '@cnn/core';

/** What the Worker tells the page. Numbers and typed arrays only. */
export type SessionEvent =
  | {
      readonly type: 'opened';
      readonly backend: BackendDetails;
      readonly stepsPerEpoch: number;
      readonly parameterCount: number;
      readonly step: number;
    }
  | { readonly type: 'steps'; readonly steps: readonly StepPoint[]; readonly imagesPerSecond: number }
  | {
      readonly type: 'epoch';
      readonly epoch: number;
      readonly step: number;
      readonly train: number;
      readonly test: number;
    }
  | { readonly type: 'status'; readonly status: SessionStatus }
  | { readonly type: 'problem'; readonly message: string };

/** Loss of one optimizer update. */
export interface StepPoint {
  readonly step: number;
  readonly loss: number;
}

export type SessionStatus = 'opening' | 'ready' | 'running' | 'paused' | 'ended';
