import { extensionKernel, type Parameter } from '@cnn/core';
import { add, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { Optimizer } from './optimizer.ts';
import type { OptimizerOptions, ParameterGroup, ParameterGroupOptions } from './parameter-group.ts';
import { type PendingUpdate, slotOf } from './parameter-state.ts';

/** Options of SGD, named and preset as in PyTorch. */
export interface SgdOptions extends OptimizerOptions {
  /** Default 0. */
  readonly momentum?: number;
  /** Shrinks what a gradient adds to the momentum. */
  readonly dampening?: number;
  /** Look ahead along the momentum. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent: `b = momentum * b + (1 - dampening) * g`, `p -= lr * b`; at the first update `b = g`.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.SGD.html
 */
export class Sgd extends Optimizer {
  readonly name: string = 'SGD';
  readonly #dampening: number;
  readonly #nesterov: boolean;

  /**
   * Moves `parameters`: those of a model, or groups with rates of their own.
   *
   * @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0.
   */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
    { lr = 1e-3, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0, noDecay = false }: SgdOptions = {},
  ) {
    super(parameters, { lr, weightDecay, noDecay, momentum });
    this.#dampening = dampening;
    this.#nesterov = nesterov;
  }

  protected override update(group: ParameterGroup, updates: readonly PendingUpdate[]): void {
    const fused = extensionKernel('SgdUpdate');
    if (!fused) {
      for (const update of updates) this.#updateOne(group, update);
      return;
    }
    const hasMomentum = group.momentum !== 0;
    fused(
      {},
      {
        parameters: updates.map(({ parameter }) => parameter.variable),
        gradients: updates.map(({ gradient }) => gradient),
        momentumBuffers: hasMomentum ? updates.map((update) => slotOf(update, 'momentum_buffer').variable) : [],
        learningRate: group.lr,
        momentum: group.momentum,
        dampening: this.#dampening,
        nesterov: this.#nesterov,
        weightDecay: group.weightDecay,
        step: updates[0]!.state.step,
      },
    );
  }

  #updateOne({ lr, weightDecay, momentum }: ParameterGroup, update: PendingUpdate): void {
    const { variable } = update.parameter;
    tidy(() => {
      const gradient = weightDecay === 0 ? update.gradient : add(update.gradient, mul(variable, weightDecay));
      variable.assign(add(variable, mul(this.#direction(gradient, momentum, update), -lr)));
    });
  }

  #direction(gradient: Tensor, momentum: number, update: PendingUpdate): Tensor {
    if (momentum === 0) return gradient;
    const isFirst = !update.state.slots.has('momentum_buffer');
    const buffer = slotOf(update, 'momentum_buffer').variable;
    buffer.assign(isFirst ? gradient.clone() : add(mul(buffer, momentum), mul(gradient, 1 - this.#dampening)));
    return this.#nesterov ? add(gradient, mul(buffer, momentum)) : buffer;
  }
}
