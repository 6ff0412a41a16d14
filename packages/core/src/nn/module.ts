import type { Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { registerGradients } from '../gradients/register-gradients.ts';
import type { ForwardContext } from './forward-context.ts';
import { Parameter } from './parameter.ts';
import type { StateDict, StateEntry } from './state-entry.ts';

/** Keys of a state dict that do not fit a module, all of them. */
export interface StateDictMismatch {
  /** Names that the module has and the state has not. */
  readonly missing: readonly string[];
  /** Names that the state has and the module has not. */
  readonly unexpected: readonly string[];
  /** `name: expected [32, 1, 3, 3], received [16, 1, 3, 3]` each. */
  readonly misshapen: readonly string[];
}

/**
 * A network or a part of one: a class with fields. A field that is a `Parameter`, a buffer or a `Module` belongs to
 * the state dict under its field's name, so that `this.conv1` gives `conv1.weight` as in PyTorch.
 *
 * @example
 * class TinyCnn extends Module {
 *   conv1 = new Conv2d(1, 16, 3);
 *   pool = new MaxPool2d(2);
 *   flatten = new Flatten();
 *   fc1 = new Linear(16 * 13 * 13, 10);
 *   forward(x: Tensor, context: ForwardContext = EVALUATION): Tensor {
 *     const features = this.pool.forward(relu(this.conv1.forward(x, context)), context);
 *     return this.fc1.forward(this.flatten.forward(features, context), context);
 *   }
 * }
 */
export abstract class Module {
  #frozen = false;

  /** Makes sure that what the module computes can be differentiated. */
  constructor() {
    registerGradients();
  }

  /**
   * Computes the output. Differentiable; called with a context that says whether it trains.
   *
   * @param input NHWC images, or `[N, features]`. The caller disposes the result; wrap a pass in `tf.tidy`.
   */
  abstract forward(input: Tensor, context?: ForwardContext): Tensor;

  /** Frozen modules run in evaluation mode whatever the context says, and their parameters get no gradient. */
  get frozen(): boolean {
    return this.#frozen;
  }

  /** Freezes this module and everything in it: not a byte of it changes until `unfreeze`. */
  freeze(): this {
    return this.#setFrozen(true);
  }

  /** Undoes `freeze`, here and in everything below. */
  unfreeze(): this {
    return this.#setFrozen(false);
  }

  /**
   * Direct submodules by field name, in construction order. Those of a field that is an array are named `blocks.0`,
   * `blocks.1`, …, as in PyTorch's `ModuleList`.
   */
  children(): [name: string, child: Module][] {
    return Object.entries(this).flatMap(([name, value]: [string, unknown]): [string, Module][] => {
      if (value instanceof Module) return [[name, value]];
      if (!Array.isArray(value)) return [];
      const items = value.map((item: unknown, i): [string, unknown] => [`${name}.${i}`, item]);
      return items.filter((item): item is [string, Module] => item[1] instanceof Module);
    });
  }

  /** This module and all modules below it, depth first, by path. The root's path is empty. */
  *namedModules(prefix = ''): Generator<[path: string, module: Module], void, undefined> {
    yield [prefix, this];
    for (const [name, child] of this.children()) yield* child.namedModules(join(prefix, name));
  }

  /** Parameters by path in PyTorch's order: a module's own before its children's. A shared one appears once. */
  namedParameters(): [path: string, parameter: Parameter][] {
    const seen = new Set<Parameter>();
    return this.#entries().filter((entry): entry is [string, Parameter] => {
      const parameter = entry[1];
      if (!(parameter instanceof Parameter) || seen.has(parameter)) return false;
      seen.add(parameter);
      return true;
    });
  }

  /** What `namedParameters` names, in its order. */
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Copies of all parameters and buffers, with PyTorch's names and layouts. Reads back from the device. */
  async stateDict(): Promise<StateDict> {
    const state: StateDict = new Map();
    for (const [name, entry] of this.#entries()) state.set(name, await entry.read());
    return state;
  }

  /**
   * Replaces parameters and buffers by those of `state`. Nothing is changed unless everything fits.
   *
   * @param strict When false, missing and unexpected keys are returned instead of thrown. A wrong shape always throws.
   * @throws CnnError `state-mismatch` naming every missing, unexpected and misshapen key.
   */
  loadStateDict(state: StateDict, { strict = true }: { strict?: boolean } = {}): StateDictMismatch {
    const entries = new Map(this.#entries());
    const mismatch = compare(entries, state);
    const fatal = strict ? [...mismatch.missing, ...mismatch.unexpected, ...mismatch.misshapen] : mismatch.misshapen;
    if (fatal.length > 0) throw stateMismatch(mismatch);
    for (const [name, entry] of entries) {
      const value = state.get(name);
      if (value) entry.write(value);
    }
    return mismatch;
  }

  /** Frees the device memory of all parameters and buffers. */
  dispose(): void {
    for (const [, entry] of this.#entries()) entry.dispose();
  }

  #setFrozen(frozen: boolean): this {
    for (const [, module] of this.namedModules()) module.#frozen = frozen;
    for (const parameter of this.parameters()) parameter.trainable = !frozen;
    return this;
  }

  /** Own entries first (parameters, then buffers), then the children's, as PyTorch orders a state dict. */
  #entries(): [path: string, entry: StateEntry][] {
    const entries: [string, StateEntry][] = [];
    for (const [path, module] of this.namedModules()) {
      const own = Object.entries(module).filter((field): field is [string, StateEntry] => isStateEntry(field[1]));
      const parameters = own.filter(([, entry]) => entry instanceof Parameter);
      const buffers = own.filter(([, entry]) => !(entry instanceof Parameter));
      for (const [name, entry] of [...parameters, ...buffers]) entries.push([join(path, snakeCase(name)), entry]);
    }
    return entries;
  }
}

function isStateEntry(value: unknown): value is StateEntry {
  return (
    typeof value === 'object' && value !== null && !(value instanceof Module) && 'read' in value && 'write' in value
  );
}

function compare(entries: ReadonlyMap<string, StateEntry>, state: StateDict): StateDictMismatch {
  const missing = [...entries.keys()].filter((name) => !state.has(name) && !name.endsWith('num_batches_tracked'));
  const unexpected = [...state.keys()].filter((name) => !entries.has(name));
  const misshapen = [...entries].flatMap(([name, entry]) => {
    const received = state.get(name)?.shape;
    if (!received || String(received) === String(entry.shape)) return [];
    return [`${name}: expected [${entry.shape.join(', ')}], received [${received.join(', ')}]`];
  });
  return { missing, unexpected, misshapen };
}

function stateMismatch({ missing, unexpected, misshapen }: StateDictMismatch): CnnError {
  const findings = [
    missing.length > 0 ? `missing ${missing.join(', ')}` : '',
    unexpected.length > 0 ? `unexpected ${unexpected.join(', ')}` : '',
    misshapen.length > 0 ? `misshapen (${misshapen.join('; ')})` : '',
  ].filter(Boolean);
  return new CnnError('state-mismatch', {
    where: 'loadStateDict',
    expected: 'the names and shapes of this module',
    received: findings.join('; '),
    remedy: 'Build the module that the weights were saved from, or pass { strict: false } to load what fits',
  });
}

function join(prefix: string, name: string): string {
  return prefix === '' ? name : `${prefix}.${name}`;
}

/** Fields of ours are camelCase (`runningMean`), PyTorch's names snake_case (`running_mean`). */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
