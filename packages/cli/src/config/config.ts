import type { BackendName } from '@cnn/core';
import type { ListedComponent, NamedComponent } from './component.ts';

/** A resolved config: every default filled in. Running it again gives the same run. */
export interface Config {
  /** Names the run's folder: `runs/<name>/<n>`. */
  readonly name: string;
  /** Same weights and same order as `torch.manual_seed(seed)`. */
  readonly seed: number;
  readonly backend: 'auto' | BackendName;
  readonly threads: 'auto' | number;
  /** Where the images come from; its options hold `DataOptions` besides its own. */
  readonly data: NamedComponent;
  readonly model: NamedComponent;
  /** Begin with weights that were trained on something else. */
  readonly transfer: TransferConfig | null;
  readonly loss: NamedComponent;
  readonly optimizer: NamedComponent;
  readonly schedule: NamedComponent | null;
  readonly trainer: TrainerConfig;
  readonly metrics: readonly ListedComponent[];
  readonly callbacks: readonly ListedComponent[];
}

/** How a pretrained network is made to learn something new. */
export interface TransferConfig {
  /** `resnet18`, `resnet34`, or a file or run folder relative to the working folder. */
  readonly weights: string;
  /** Path of the layer that gives the logits, which is replaced; null: the last Linear. */
  readonly head: string | null;
  /** Patterns of the paths that are frozen; null: everything but the head. */
  readonly freeze: readonly string[] | null;
  /** What thaws before which epoch; everything else stays frozen until then. */
  readonly stages: readonly { readonly epoch: number; readonly unfreeze: string | readonly string[] }[];
  /** Where the features of a frozen backbone are kept; `auto` is `memory`. */
  readonly cacheFeatures: 'auto' | 'memory' | 'disk' | 'off';
}

/** How long and how to train. */
export interface TrainerConfig {
  /** Passes over the training set. */
  readonly epochs: number;
  /** Stop after so many updates. */
  readonly maxSteps: number | null;
  /** Write a step event to metrics.jsonl so often. */
  readonly logEverySteps: number;
  /** Greatest norm of all gradients together, or `{ norm }` or `{ value }`. */
  readonly gradientClip: number | { readonly norm: number } | { readonly value: number } | null;
  /** Batches that make one update together. */
  readonly accumulate: number;
  /** Run so many batches (true: 1) of each part to see that everything works. */
  readonly fastDevRun: boolean | number;
  /** Train on the same first batches again and again; 0: on all. */
  readonly overfitBatches: number;
  /** Batches of validation before the first step, to find its faults early. */
  readonly sanityBatches: number;
  /** Batches after which an epoch or an evaluation ends; null: all. */
  readonly limits: { readonly train: number | null; readonly validation: number | null; readonly test: number | null };
  /** Evaluate an exponential moving average of the weights. */
  readonly average: { readonly decay: number; readonly warmUp: boolean } | null;
}
