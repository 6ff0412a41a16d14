// A task small enough for tfjs's plain CPU backend: four classes of 2-feature points, and networks of a few weights.
import '@tensorflow/tfjs-backend-cpu';
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
import { mul, setBackend, type Tensor, tensor } from '@tensorflow/tfjs-core';

await setBackend('cpu');

/** Two linear layers, and dropout between them whose masks come from the run's generator. */
export class TinyNet extends Module {
  fc1: Linear = new Linear(2, 8);
  fc2: Linear = new Linear(8, 4);
  readonly dropout: number;

  constructor(dropout = 0) {
    super();
    this.dropout = dropout;
  }

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

/** Points in the four quadrants, shuffled each epoch; its position can be saved and restored. */
export class Points implements BatchSource {
  readonly length: number;
  readonly #count: number;
  readonly #batchSize: number;
  readonly #generator: Generator;
  readonly #shuffle: boolean;
  #epoch: { seed: number; position: number } | null = null;
  #restored: { seed: number; position: number } | null = null;

  constructor({
    count = 40,
    batchSize = 8,
    shuffle = true,
    generator = new Generator(7),
  }: { count?: number; batchSize?: number; shuffle?: boolean; generator?: Generator } = {}) {
    this.#count = count;
    this.#batchSize = batchSize;
    this.#shuffle = shuffle;
    this.#generator = generator;
    this.length = Math.ceil(count / batchSize);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Batch, void, void> {
    const epoch = this.#restored ?? { seed: this.#generator.u32(), position: 0 };
    this.#restored = null;
    this.#epoch = epoch;
    const order = this.#shuffle
      ? new Generator(epoch.seed).randperm(this.#count)
      : Int32Array.from({ length: this.#count }, (_, index) => index);
    while (epoch.position < this.length) {
      const start = epoch.position * this.#batchSize;
      epoch.position++;
      yield pointBatch(order.slice(start, start + this.#batchSize));
    }
    if (this.#epoch === epoch) this.#epoch = null;
  }

  state(): BatchSourceState {
    return { epoch: this.#epoch ?? this.#restored };
  }

  restore(state: BatchSourceState): void {
    this.#epoch = null;
    this.#restored = state.epoch ? { ...(state.epoch as { seed: number; position: number }) } : null;
  }
}

function pointBatch(indices: Int32Array): Batch {
  const inputs = new Float32Array(indices.length * 2);
  const targets = new Int32Array(indices.length);
  indices.forEach((index, row) => {
    const draw = new Generator(index + 1);
    const [x, y] = draw.uniform(2, -1, 1);
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
