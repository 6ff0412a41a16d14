import {
  type Batch,
  type BatchSource,
  type BatchSourceState,
  EVALUATION,
  type ForwardContext,
  Generator,
  Linear,
  Module,
  relu,
  withGenerator,
} from '@cnn/core';
import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';

/** Two linear layers for 2-feature points of four classes, with dropout between whose masks the run's generator draws. */
export class TinyNet extends Module {
  /** From the point to eight hidden units. */
  fc1: Linear = new Linear(2, 8);
  /** From these to the classes. */
  fc2: Linear = new Linear(8, 4);
  /** Share of the hidden units that a training step drops. */
  readonly dropout: number;

  /** In training, hidden units are set to 0 with probability `dropout`. */
  constructor(dropout = 0) {
    super();
    this.dropout = dropout;
  }

  /** Logits `[N, 4]` of points `[N, 2]`. */
  forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const hidden = relu(this.fc1.forward(x, context));
    return this.fc2.forward(this.#drop(hidden, context), context);
  }

  #drop(x: Tensor, context: ForwardContext): Tensor {
    if (!context.training || this.dropout === 0) return x;
    const mask = context.generator.uniform(x.size).map((u) => (u < this.dropout ? 0 : 1 / (1 - this.dropout)));
    return mul(x, tensor(mask, x.shape));
  }
}

/** A network whose initial weights depend on `seed` alone. */
export function tinyNet({ seed = 0, dropout = 0 }: { seed?: number; dropout?: number } = {}): TinyNet {
  return withGenerator(new Generator(seed), () => new TinyNet(dropout));
}

/** How points are cut into batches. */
export interface PointsOptions {
  /** Points an epoch. Default 40. */
  readonly count?: number;
  /** Default 8. */
  readonly batchSize?: number;
  /** Default true. */
  readonly shuffle?: boolean;
  /** Where the order of an epoch comes from. */
  readonly generator?: Generator;
}

/** An epoch under way. */
type Walk = { readonly seed: number; position: number };

/** Points in the four quadrants, whose quadrant is their class. Its position can be saved and restored. */
export class Points implements BatchSource {
  readonly length: number;
  readonly #count: number;
  readonly #batchSize: number;
  readonly #generator: Generator;
  readonly #shuffle: boolean;
  #walk: Walk | null = null;
  #restored: Walk | null = null;

  /** Points drawn from a fixed stream; `generator` only shuffles them. */
  constructor({ count = 40, batchSize = 8, shuffle = true, generator = new Generator(7) }: PointsOptions = {}) {
    this.#count = count;
    this.#batchSize = batchSize;
    this.#shuffle = shuffle;
    this.#generator = generator;
    this.length = Math.ceil(count / batchSize);
  }

  /** One epoch. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    const walk = this.#restored ?? { seed: this.#generator.u32(), position: 0 };
    this.#restored = null;
    this.#walk = walk;
    const order = this.#shuffle
      ? new Generator(walk.seed).randperm(this.#count)
      : Int32Array.from({ length: this.#count }, (_, index) => index);
    while (walk.position < this.length) {
      const start = walk.position * this.#batchSize;
      walk.position++;
      yield pointBatch(order.slice(start, start + this.#batchSize));
    }
    if (this.#walk === walk) this.#walk = null;
  }

  /** The walk under way. */
  state(): BatchSourceState {
    const walk = this.#walk ?? this.#restored;
    return { walk: walk && { ...walk } };
  }

  /** Goes on with a walk. */
  restore({ walk }: BatchSourceState): void {
    this.#walk = null;
    this.#restored = walk ? { ...(walk as Walk) } : null;
  }
}

function pointBatch(indices: Int32Array): Batch {
  const inputs = new Float32Array(indices.length * 2);
  const targets = new Int32Array(indices.length);
  indices.forEach((index, row) => {
    const [x, y] = new Generator(index + 1).uniform(2, -1, 1);
    inputs.set([x!, y!], row * 2);
    targets[row] = (x! > 0 ? 1 : 0) + (y! > 0 ? 2 : 0);
  });
  return {
    inputs: { data: inputs, shape: [indices.length, 2] },
    targets: { data: targets, shape: [indices.length] },
    indices,
    size: indices.length,
  };
}
