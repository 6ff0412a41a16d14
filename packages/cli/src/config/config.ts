import type { BackendName } from '@cnn/core';
import type { GradientClip } from '@cnn/trainer';
import type { ListedComponent, NamedComponent } from './component.ts';

/** A resolved config: every default filled in. Running it again gives the same run. */
export interface Config {
  /** Names the run's folder: `runs/<name>/<n>`. */
  readonly name: string;
  /** Same weights and same order as `torch.manual_seed(seed)`. */
  readonly seed: number;
  /** What computes; `auto` takes the first that can be used. */
  readonly backend: 'auto' | BackendName;
  /** Threads of the backend; `auto` takes what the machine has. */
  readonly threads: 'auto' | number;
  /**
   * WebAssembly that `simd` uses: 128-bit vectors, or fused multiply-add with them. Results are the same to the last bit
   * within a level, not across; `auto` takes the best that the engine has.
   */
  readonly featureLevel: 'auto' | 'simd' | 'relaxed';
  /** Where the images come from; its options hold `DataOptions` besides its own. */
  readonly data: NamedComponent;
  /** What is trained. */
  readonly model: NamedComponent;
  /** Begin with weights that were trained on something else. */
  readonly transfer: TransferConfig | null;
  /** What training makes small. */
  readonly loss: NamedComponent;
  /** What moves the weights. */
  readonly optimizer: NamedComponent;
  /** How the learning rate changes; null where it stays. */
  readonly schedule: NamedComponent | null;
  /** How long and how to train. */
  readonly trainer: TrainerConfig;
  /** What validation and test measure beside the loss. */
  readonly metrics: readonly ListedComponent[];
  /** What watches and steers the run, beside what every run has. */
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
  readonly stages: readonly {
    /** Number of the epoch before which it thaws, from 1. */
    readonly epoch: number;
    /** Paths of what thaws, with `*` and `**`. */
    readonly unfreeze: string | readonly string[];
  }[];
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
  readonly gradientClip: GradientClip | null;
  /** Batches that make one update together. */
  readonly accumulate: number;
  /** Run so many batches (true: 1) of each part to see that everything works. */
  readonly fastDevRun: boolean | number;
  /** Train on the same first batches again and again; 0: on all. */
  readonly overfitBatches: number;
  /** Batches of validation before the first step, to find its faults early. */
  readonly sanityBatches: number;
  /** Batches after which an epoch or an evaluation ends; null: all. */
  readonly limits: {
    /** Of each training epoch. */
    readonly train: number | null;
    /** Of each validation. */
    readonly validation: number | null;
    /** Of the test. */
    readonly test: number | null;
  };
  /** Evaluate an exponential moving average of the weights. */
  readonly average: {
    /** Share of the average that each step keeps, 0..1. */
    readonly decay: number;
    /** Start with less, so that the first weights are soon forgotten. */
    readonly warmUp: boolean;
  } | null;
}
