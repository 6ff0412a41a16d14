import { Parameter } from '@cnn/core';
import type { Tensor } from '@tensorflow/tfjs-core';

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

/** The slot `name` of a pending update, made of zeros where there is none yet. */
export function slotOf({ parameter, state }: PendingUpdate, name: string): Slot {
  let slot = state.slots.get(name);
  if (!slot) {
    slot = emptySlot(parameter);
    state.slots.set(name, slot);
  }
  return slot;
}

/** Zeros in the shape and layout of a parameter. */
export function emptySlot({ size, shape, layout }: Parameter): Slot {
  return new Parameter(new Float32Array(size), shape, layout);
}

/** Bias correction depends on the count of updates, and a parameter that was frozen for a while has had fewer. */
export function bySameStep(updates: readonly PendingUpdate[]): PendingUpdate[][] {
  const groups = new Map<number, PendingUpdate[]>();
  for (const update of updates) {
    const group = groups.get(update.state.step);
    if (group) group.push(update);
    else groups.set(update.state.step, [update]);
  }
  return [...groups.values()];
}
