import type { Config } from '@cnn/cli/config';
import type { BackendDetails, PassedOverBackend } from '@cnn/core';

/** What the Worker tells the page. Numbers, strings and typed arrays only, at most ten times a second. */
export type SessionEvent =
  | OpenedEvent
  | { readonly type: 'steps'; readonly steps: readonly StepPoint[]; readonly imagesPerSecond: number }
  | { readonly type: 'epoch'; readonly epoch: EpochPoint }
  | { readonly type: 'status'; readonly status: SessionStatus }
  /** The open run is configured like this from now on. */
  | { readonly type: 'config'; readonly config: Config }
  | { readonly type: 'problem'; readonly title: string; readonly detail: string }
  | { readonly type: 'info'; readonly title: string; readonly detail: string };

/** Hears what the Worker tells; on the other side of a thread it has taken it in when the promise resolves. */
export type SessionListener = (event: SessionEvent) => void | Promise<void>;

/** A run is open, new or taken up again. */
export interface OpenedEvent {
  readonly type: 'opened';
  /** Counts the runs of this page; the same number again when a run goes on elsewhere. */
  readonly run: number;
  readonly config: Config;
  readonly backend: BackendDetails;
  /** What was tried before, and why it was not used. */
  readonly passedOver: readonly PassedOverBackend[];
  readonly stepsPerEpoch: number;
  /** Of one image after all transforms, `[H, W, C]`. */
  readonly sampleShape: readonly number[];
  readonly classNames: readonly string[];
  readonly step: number;
  readonly losses: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
}

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

/** `ready`: nothing was trained yet. `ended`: all epochs are done, and more can be asked for. */
export type SessionStatus = 'opening' | 'ready' | 'running' | 'paused' | 'ended' | 'failed';
