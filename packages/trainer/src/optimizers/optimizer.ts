import { CnnError, type Parameter, type StateDict } from '@cnn/core';
import type { Gradients } from '../step/gradients.ts';
import {
  type OptimizerOptions,
  type OptimizerRates,
  type ParameterGroup,
  type ParameterGroupOptions,
  parameterGroups,
} from './parameter-group.ts';
import { bySameStep, emptySlot, type ParameterState, type PendingUpdate } from './parameter-state.ts';

/**
 * Moves parameters by their gradients and keeps moments on the device. Whoever made it disposes it.
 * Arithmetic is PyTorch's, in float32, element by element.
 */
export abstract class Optimizer {
  /** PyTorch's name of the algorithm. */
  abstract readonly name: string;
  /** With `noDecay` there are two for each that was asked for. */
  readonly groups: readonly ParameterGroup[];
  readonly #states = new Map<Parameter, ParameterState>();

  /** @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0. */
  constructor(
    parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
    options: Required<OptimizerOptions> & { readonly momentum: number },
  ) {
    this.groups = parameterGroups(parameters, options);
  }

  /** Moves every parameter that has a gradient, once. The gradients remain the caller's. */
  apply(gradients: Gradients): void {
    for (const group of this.groups) {
      const updates = group.parameters.flatMap((parameter) => {
        const gradient = gradients.get(parameter);
        return gradient && parameter.trainable ? [{ parameter, gradient, state: this.#advance(parameter) }] : [];
      });
      for (const together of bySameStep(updates)) this.update(group, together);
    }
  }

  /** What is kept for `parameter`; `undefined` before its first update. */
  state(parameter: Parameter): ParameterState | undefined {
    return this.#states.get(parameter);
  }

  /** Takes up what was kept for `parameter`: slots by name, values in PyTorch's layout. */
  restoreState(parameter: Parameter, step: number, slots: StateDict): void {
    this.#disposeState(parameter);
    const state: ParameterState = { step, slots: new Map() };
    for (const [name, value] of slots) {
      const slot = emptySlot(parameter);
      slot.write(value);
      state.slots.set(name, slot);
    }
    this.#states.set(parameter, state);
  }

  /** The rates of the groups, as JSON. */
  rates(): OptimizerRates {
    return this.groups.map(({ lr, weightDecay, momentum }) => ({ lr, weightDecay, momentum }));
  }

  /** @throws CnnError `state-mismatch` when there are more or fewer groups. */
  restoreRates(rates: OptimizerRates): void {
    if (rates.length !== this.groups.length) {
      throw new CnnError('state-mismatch', {
        where: `${this.name}.restoreRates`,
        expected: `${this.groups.length} parameter groups`,
        received: `${rates.length}`,
        remedy: 'Build the optimizer with the groups that its state was saved from',
      });
    }
    this.groups.forEach((group, index) => {
      Object.assign(group, rates[index]);
    });
  }

  /** Forgets all moments and frees their memory. The parameters remain. */
  dispose(): void {
    for (const parameter of [...this.#states.keys()]) this.#disposeState(parameter);
  }

  /** Moves the parameters of one group that have been updated equally often. Runs within `tf.tidy` or cleans up itself. */
  protected abstract update(group: ParameterGroup, updates: readonly PendingUpdate[]): void;

  #advance(parameter: Parameter): ParameterState {
    const state = this.#states.get(parameter) ?? { step: 0, slots: new Map() };
    this.#states.set(parameter, state);
    state.step++;
    return state;
  }

  #disposeState(parameter: Parameter): void {
    for (const slot of this.#states.get(parameter)?.slots.values() ?? []) slot.dispose();
    this.#states.delete(parameter);
  }
}
