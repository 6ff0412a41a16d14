import type { Parameter } from '@cnn/core';
import { Adam, type AdamOptions } from './adam.ts';
import type { ParameterGroupOptions } from './parameter-group.ts';

/**
 * Adam with decoupled weight decay: the parameter is multiplied by `1 - lr * weightDecay` before Adam moves it.
 *
 * @see https://pytorch.org/docs/stable/generated/torch.optim.AdamW.html
 */
export class AdamW extends Adam {
  override readonly name: string = 'AdamW';

  /**
   * Moves `parameters`: those of a model, or groups with rates of their own.
   *
   * @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0.
   */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
    { weightDecay = 0.01, ...options }: AdamOptions = {},
  ) {
    super(parameters, { ...options, weightDecay });
  }

  protected override get decoupledWeightDecay(): boolean {
    return true;
  }
}
