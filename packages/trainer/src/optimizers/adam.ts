import { extensionKernel, type Parameter } from '@cnn/core';
import { add, div, maximum, mul, sqrt, sub, tidy } from '@tensorflow/tfjs-core';
import { Optimizer } from './optimizer.ts';
import type { OptimizerOptions, ParameterGroup, ParameterGroupOptions } from './parameter-group.ts';
import { type PendingUpdate, slotOf } from './parameter-state.ts';

/** Options of Adam and AdamW, named and preset as in PyTorch. */
export interface AdamOptions extends OptimizerOptions {
  /** Decay of the running means of the gradient and of its square. */
  readonly betas?: readonly [number, number];
  /** Added after the square root. */
  readonly eps?: number;
  /** Divide by the largest second moment so far. */
  readonly amsgrad?: boolean;
}

/**
 * Adam: `p -= lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps)`. Weight decay is added to the gradient.
 *
 * @example
 * const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
 * @see https://pytorch.org/docs/stable/generated/torch.optim.Adam.html
 */
export class Adam extends Optimizer {
  readonly name: string = 'Adam';
  readonly #beta2: number;
  readonly #eps: number;
  readonly #amsgrad: boolean;

  /**
   * Moves `parameters`: those of a model, or groups with rates of their own.
   *
   * @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0.
   */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
    {
      lr = 1e-3,
      betas = [0.9, 0.999],
      eps = 1e-8,
      weightDecay = 0,
      amsgrad = false,
      noDecay = false,
    }: AdamOptions = {},
  ) {
    super(parameters, { lr, weightDecay, noDecay, momentum: betas[0] });
    this.#beta2 = betas[1];
    this.#eps = eps;
    this.#amsgrad = amsgrad;
  }

  /** True for AdamW: decay shrinks the parameter itself instead of joining the gradient. */
  protected get decoupledWeightDecay(): boolean {
    return false;
  }

  protected override update(group: ParameterGroup, updates: readonly PendingUpdate[]): void {
    const fused = this.#amsgrad ? undefined : extensionKernel('AdamUpdate');
    if (!fused) {
      for (const update of updates) this.#updateOne(group, update);
      return;
    }
    fused(
      {},
      {
        parameters: updates.map(({ parameter }) => parameter.variable),
        gradients: updates.map(({ gradient }) => gradient),
        firstMoments: updates.map((update) => slotOf(update, 'exp_avg').variable),
        secondMoments: updates.map((update) => slotOf(update, 'exp_avg_sq').variable),
        learningRate: group.lr,
        beta1: group.momentum,
        beta2: this.#beta2,
        epsilon: this.#eps,
        weightDecay: group.weightDecay,
        decoupledWeightDecay: this.decoupledWeightDecay,
        step: updates[0]!.state.step,
      },
    );
  }

  #updateOne({ lr, weightDecay, momentum: beta1 }: ParameterGroup, update: PendingUpdate): void {
    const { variable } = update.parameter;
    const { step } = update.state;
    const first = slotOf(update, 'exp_avg').variable;
    const second = slotOf(update, 'exp_avg_sq').variable;
    tidy(() => {
      const decays = weightDecay !== 0;
      if (decays && this.decoupledWeightDecay) variable.assign(mul(variable, 1 - lr * weightDecay));
      const coupled = decays && !this.decoupledWeightDecay;
      const gradient = coupled ? add(update.gradient, mul(variable, weightDecay)) : update.gradient;

      first.assign(add(first, mul(sub(gradient, first), 1 - beta1)));
      second.assign(add(mul(second, this.#beta2), mul(mul(gradient, 1 - this.#beta2), gradient)));
      let largest = second;
      if (this.#amsgrad) {
        largest = slotOf(update, 'max_exp_avg_sq').variable;
        largest.assign(maximum(largest, second));
      }
      const denominator = add(div(sqrt(largest), Math.sqrt(1 - this.#beta2 ** step)), this.#eps);
      variable.assign(add(variable, div(mul(first, -lr / (1 - beta1 ** step)), denominator)));
    });
  }
}
