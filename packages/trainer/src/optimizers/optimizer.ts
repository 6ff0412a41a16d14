import { CnnError, Parameter, type StateDict } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Gradients } from '../step/gradients.ts';

/** Parameters that share their rates. Rates may be set between steps, and schedules set them. */
export interface ParameterGroup {
  /** Those that share the rates. */
  readonly parameters: readonly Parameter[];
  /** Learning rate. */
  lr: number;
  /** The learning rate at construction: what a schedule starts from. */
  readonly initialLr: number;
  /** Coefficient of the decay. */
  weightDecay: number;
  /** SGD's and RMSprop's momentum, or Adam's first beta: what `oneCycleLR` cycles against the rate. */
  momentum: number;
}

/** A group as one asks for it; what is left out is the optimizer's. */
export interface ParameterGroupOptions {
  /** Those that share the rates. */
  readonly parameters: readonly Parameter[];
  /** Learning rate. */
  readonly lr?: number;
  /** Coefficient of the decay. */
  readonly weightDecay?: number;
}

/** What every optimizer takes. */
export interface OptimizerOptions {
  /** Learning rate. */
  readonly lr?: number;
  /** Coefficient of the decay. Default 0; AdamW: 0.01. */
  readonly weightDecay?: number;
  /** Parameters with one axis or none (biases, and the scales and offsets of norms) are not decayed. */
  readonly noDecay?: boolean;
}

/** A tensor that an optimizer keeps for a parameter, in that parameter's shape and layout. */
export type Slot = Parameter;

/** What an optimizer keeps for one parameter. */
export interface ParameterState {
  /** Updates of this parameter done. */
  step: number;
  /** By PyTorch's names, for example `exp_avg`. */
  readonly slots: Map<string, Slot>;
}

/** One parameter about to be moved. `state.step` counts this update already. */
export interface PendingUpdate {
  /** To be moved in place. */
  readonly parameter: Parameter;
  /** In the layout of the parameter's variable. The caller's: not to be disposed. */
  readonly gradient: Tensor;
  /** What is kept for it. */
  readonly state: ParameterState;
}

/** The part of an optimizer's state that is plain JSON: the rates of its groups. */
export type OptimizerRates = readonly Pick<ParameterGroup, 'lr' | 'weightDecay' | 'momentum'>[];

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
    { lr, weightDecay, noDecay, momentum }: Required<OptimizerOptions> & { readonly momentum: number },
  ) {
    const groups = parameters.every((entry) => entry instanceof Parameter) ? [{ parameters }] : parameters;
    const filled = (groups as readonly ParameterGroupOptions[]).map((group) => ({ lr, weightDecay, ...group }));
    this.groups = filled
      .flatMap((group) => (noDecay ? splitByDecay(group) : [group]))
      .map((group) => ({ ...group, initialLr: group.lr, momentum }));
    checkGroups(this.groups);
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

/** The slot `name` of a pending update, made of zeros where there is none yet. */
export function slotOf({ parameter, state }: PendingUpdate, name: string): Slot {
  let slot = state.slots.get(name);
  if (!slot) {
    slot = emptySlot(parameter);
    state.slots.set(name, slot);
  }
  return slot;
}

function emptySlot({ size, shape, layout }: Parameter): Slot {
  return new Parameter(new Float32Array(size), shape, layout);
}

function splitByDecay<Group extends Required<ParameterGroupOptions>>(group: Group): Group[] {
  const decayed = group.parameters.filter((parameter) => parameter.shape.length > 1);
  const others = group.parameters.filter((parameter) => parameter.shape.length <= 1);
  return [
    { ...group, parameters: decayed },
    { ...group, parameters: others, weightDecay: 0 },
  ].filter(({ parameters }) => parameters.length > 0);
}

/** Bias correction depends on the count of updates, and a parameter that was frozen for a while has had fewer. */
function bySameStep(updates: readonly PendingUpdate[]): PendingUpdate[][] {
  const groups = new Map<number, PendingUpdate[]>();
  for (const update of updates) {
    const group = groups.get(update.state.step);
    if (group) group.push(update);
    else groups.set(update.state.step, [update]);
  }
  return [...groups.values()];
}

function checkGroups(groups: readonly ParameterGroup[]): void {
  const seen = new Set<Parameter>();
  for (const { parameters, lr, weightDecay } of groups) {
    checkRate('lr', lr);
    checkRate('weightDecay', weightDecay);
    for (const parameter of parameters) {
      if (seen.has(parameter)) throw wrongParameters('each parameter once', 'one that appears twice');
      seen.add(parameter);
    }
  }
  if (seen.size === 0) throw wrongParameters('at least one parameter', 'none');
}

function wrongParameters(expected: string, received: string): CnnError {
  return new CnnError('invalid-argument', {
    where: 'Optimizer.parameters',
    expected,
    received,
    remedy: 'Pass model.parameters(), or groups that share no parameter',
  });
}

/** @throws CnnError `invalid-argument` unless `value` is a number of at least 0. */
export function checkRate(name: string, value: number): void {
  if (value >= 0 && Number.isFinite(value)) return;
  throw new CnnError('invalid-argument', {
    where: `Optimizer.${name}`,
    expected: 'a finite number of at least 0',
    received: String(value),
    remedy: `Correct ${name}`,
  });
}
