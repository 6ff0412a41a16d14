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
