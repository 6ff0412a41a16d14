import { type Module, Parameter, type StateDict } from '@cnn/core';
import { add, mul, sub, tidy } from '@tensorflow/tfjs-core';

/** How the average of weights is formed. */
export interface WeightAverageOptions {
  /** Share of the average that each step keeps, 0..1. */
  readonly decay?: number;
  /** Start with less: the k-th update keeps at most `(1 + k) / (10 + k)`, so that the first weights are soon forgotten. */
  readonly warmUp?: boolean;
}

/**
 * An exponential moving average of a model's parameters: `a = decay * a + (1 - decay) * p` after every step. Evaluation
 * and the best checkpoint use the average, training the weights. Buffers (running statistics) are the model's own.
 *
 * @example
 * await fit({ model, data, optimizer, average: weightAverage({ decay: 0.999 }) });
 */
export function weightAverage(options: WeightAverageOptions = {}): (model: Module) => WeightAverage {
  return (model) => new WeightAverage(model, options);
}

/** A running average of the weights of one model in one run. */
export class WeightAverage {
  readonly #model: Module;
  readonly #decay: number;
  readonly #warmUp: boolean;
  readonly #averages: readonly (readonly [name: string, parameter: Parameter, average: Parameter])[];
  #updates = 0;

  /** Starts from the weights that `model` has now. */
  constructor(model: Module, { decay = 0.999, warmUp = false }: WeightAverageOptions) {
    this.#model = model;
    this.#decay = decay;
    this.#warmUp = warmUp;
    this.#averages = model.namedParameters().map(([name, parameter]) => {
      const average = new Parameter(new Float32Array(parameter.size), parameter.shape, parameter.layout);
      copyInto(average, parameter);
      return [name, parameter, average];
    });
  }

  /** Takes the present weights into the average. */
  update(): void {
    this.#updates++;
    const ceiling = this.#warmUp ? (1 + this.#updates) / (10 + this.#updates) : 1;
    const share = 1 - Math.min(this.#decay, ceiling);
    tidy(() => {
      for (const [, parameter, { variable }] of this.#averages) {
        variable.assign(add(variable, mul(sub(parameter.variable, variable), share)));
      }
    });
  }

  /** Runs `work` while the model holds the average instead of its weights. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#exchange();
    try {
      return await work();
    } finally {
      this.#exchange();
    }
  }

  /** The model's state dict with the average in place of the weights. */
  async weights(): Promise<StateDict> {
    return this.during(() => this.#model.stateDict());
  }

  /** Puts the average in place of the weights for good. */
  adopt(): void {
    for (const [, parameter, average] of this.#averages) copyInto(parameter, average);
  }

  /** The averages by the names of their parameters. */
  async tensors(): Promise<StateDict> {
    const tensors: StateDict = new Map();
    for (const [name, , average] of this.#averages) tensors.set(name, await average.read());
    return tensors;
  }

  /** Count of updates, for `restore`. */
  get updates(): number {
    return this.#updates;
  }

  /** Takes up what `tensors` and `updates` were. */
  restore(tensors: StateDict, updates: number): void {
    for (const [name, , average] of this.#averages) {
      const value = tensors.get(name);
      if (value) average.write(value);
    }
    this.#updates = updates;
  }

  /** Frees the averages. The model remains. */
  dispose(): void {
    for (const [, , average] of this.#averages) average.dispose();
  }

  #exchange(): void {
    for (const [, { variable }, average] of this.#averages) {
      const weights = variable.clone();
      variable.assign(average.variable);
      average.variable.assign(weights);
      weights.dispose();
    }
  }
}

/** A real copy: optimizers with in-place kernels write into the memory that a clone would share. */
function copyInto(target: Parameter, source: Parameter): void {
  tidy(() => target.variable.assign(mul(source.variable, 1)));
}
