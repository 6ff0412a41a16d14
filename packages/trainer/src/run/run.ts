import type { Batch, Module, StateDict } from '@cnn/core';
import type { StepInspection } from '../inspect/step-inspector.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { RunPlan } from './run-plan.ts';
import type { RunState } from './run-state.ts';

/** A run as its callbacks see it. */
export interface Run {
  /** What it has been asked to do. */
  readonly plan: RunPlan;
  /** What it knows of itself, final for the present moment. */
  readonly state: RunState;
  /** The model in training. */
  readonly model: Module;
  /** By name; a single one is called `optimizer`. */
  readonly optimizers: Readonly<Record<string, Optimizer>>;
  /** The batches of the last update, as the network saw them. */
  readonly batches: readonly Batch[];
  /** What went on inside the last step, if that was asked for before it. */
  readonly inspection: StepInspection | null;
  /** Asks to look into the next step: activations of every layer and gradients. Costs reading them all back. */
  requestInspection(): void;
  /** Asks the run to stop after the current step or evaluation. The first reason given is the one reported. */
  requestStop(reason: string): void;
  /** Asks for a checkpoint under `name` once all callbacks have seen this moment. Without a store nothing is written. */
  requestCheckpoint(name: string): void;
  /** Removes a checkpoint that was written under `name`, once those asked for at this moment are written. */
  removeCheckpoint(name: string): void;
  /** Says something to the person who reads the log: kept in `state.notices`, shown by those callbacks that print. */
  notice(message: string): void;
  /** Copies of the weights that evaluation uses: the averaged ones where the run averages, else the model's. */
  weights(): Promise<StateDict>;
}
