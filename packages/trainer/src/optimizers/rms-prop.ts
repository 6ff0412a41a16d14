import type { Parameter } from '@cnn/core';
import { add, div, mul, sqrt, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { Optimizer } from './optimizer.ts';
import {
  checkRate,
  type OptimizerOptions,
  type ParameterGroup,
  type ParameterGroupOptions,
} from './parameter-group.ts';
import { type PendingUpdate, slotOf } from './parameter-state.ts';

/** Options of RMSprop, named and preset as in PyTorch. */
export interface RmsPropOptions extends OptimizerOptions {
  /** Decay of the running mean of squared gradients. */
  readonly alpha?: number;
  /** Added after the square root. Default 1e-8. */
  readonly eps?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Divide by the estimated variance instead of the second moment. */
  readonly centered?: boolean;
}

/**
 * RMSprop: `v = alpha * v + (1 - alpha) * g^2`, `p -= lr * g / (sqrt(v) + eps)`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html
 */
export class RmsProp extends Optimizer {
  readonly name: string = 'RMSprop';
  readonly #alpha: number;
  readonly #eps: number;
  readonly #centered: boolean;

  /**
   * Moves `parameters`: those of a model, or groups with rates of their own.
   *
   * @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0.
   */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
    {
      lr = 1e-2,
      alpha = 0.99,
      eps = 1e-8,
      momentum = 0,
      centered = false,
      weightDecay = 0,
      noDecay = false,
    }: RmsPropOptions = {},
  ) {
    super(parameters, { lr, weightDecay, noDecay, momentum });
    checkRate('alpha', alpha);
    this.#alpha = alpha;
    this.#eps = eps;
    this.#centered = centered;
  }

  protected override update(group: ParameterGroup, updates: readonly PendingUpdate[]): void {
    for (const update of updates) this.#updateOne(group, update);
  }

  #updateOne({ lr, weightDecay, momentum }: ParameterGroup, update: PendingUpdate): void {
    const { variable } = update.parameter;
    const alpha = this.#alpha;
    const squares = slotOf(update, 'square_avg').variable;
    tidy(() => {
      const gradient = weightDecay === 0 ? update.gradient : add(update.gradient, mul(variable, weightDecay));
      squares.assign(add(mul(squares, alpha), mul(mul(gradient, 1 - alpha), gradient)));
      let spread: Tensor = squares;
      if (this.#centered) {
        const mean = slotOf(update, 'grad_avg').variable;
        mean.assign(add(mean, mul(sub(gradient, mean), 1 - alpha)));
        spread = sub(squares, square(mean));
      }
      const denominator = add(sqrt(spread), this.#eps);
      if (momentum > 0) {
        const buffer = slotOf(update, 'momentum_buffer').variable;
        buffer.assign(add(mul(buffer, momentum), div(gradient, denominator)));
        variable.assign(add(variable, mul(buffer, -lr)));
      } else {
        variable.assign(add(variable, div(mul(gradient, -lr), denominator)));
      }
    });
  }
}
