import type { Tensor } from '@tensorflow/tfjs-core';
import { CnnError } from '../errors/cnn-error.ts';
import { EVALUATION, type ForwardContext } from './forward-context.ts';
import { Module } from './module.ts';

/**
 * Modules one after the other. Given in a row they are named `0`, `1`, …, given as an object by its keys, so that
 * their state is `0.weight` or `conv.weight` as in PyTorch.
 *
 * @example
 * new Sequential(new Conv2d(1, 16, 3), new ReLU(), new MaxPool2d(2));
 * new Sequential({ conv: new Conv2d(1, 16, 3), activation: new ReLU() });
 * @see https://pytorch.org/docs/stable/generated/torch.nn.Sequential.html
 */
export class Sequential extends Module {
  /**
   * Named children, in the order of the object's keys.
   *
   * @throws CnnError `invalid-argument` for a name that cannot be a field, or a child that is no module.
   */
  constructor(children: Readonly<Record<string, Module>>);
  /**
   * Numbered children.
   *
   * @throws CnnError `invalid-argument` for a child that is no module.
   */
  constructor(...children: readonly Module[]);
  constructor(...args: readonly (Module | Readonly<Record<string, Module>>)[]) {
    super();
    const [first] = args;
    const named = typeof first !== 'object' || first instanceof Module ? undefined : Object.entries(first);
    const children = named ?? args.map((child, i): [string, unknown] => [String(i), child]);
    for (const [name, child] of children) {
      if (named) this.#checkName(name);
      if (!(child instanceof Module)) throw notAModule(name, child);
      Object.defineProperty(this, name, { value: child, enumerable: true, writable: true, configurable: true });
    }
  }

  /** Number of children. */
  get length(): number {
    return this.children().length;
  }

  /** The child at `index`, from the end when negative. */
  at(index: number): Module | undefined {
    return this.children().at(index)?.[1];
  }

  /** Sends `input` through all children in order. The result is the caller's to dispose. */
  override forward(input: Tensor, context: ForwardContext = EVALUATION): Tensor {
    const children = this.children();
    // The result is the caller's to dispose, and never the input itself.
    if (children.length === 0) return input.clone();
    return children.reduce((x, [, child]) => child.forward(x, context), input);
  }

  /** Fields whose names are numbers come first in JavaScript whatever the order they were given in. */
  #checkName(name: string): void {
    if (name !== '' && !/^\d+$|\./.test(name) && !(name in this)) return;
    throw new CnnError('invalid-argument', {
      where: 'Sequential',
      expected: 'names that are no numbers, hold no dot, and are not used by Sequential itself',
      received: `'${name}'`,
      remedy: 'Rename the child, or pass the modules in a row to have them numbered',
    });
  }
}

function notAModule(name: string, child: unknown): CnnError {
  return new CnnError('invalid-argument', {
    where: `Sequential.${name}`,
    expected: 'a Module',
    received: typeof child === 'function' ? `a function ${child.name}` : String(child),
    remedy: 'Pass module instances, for example new ReLU() instead of relu',
  });
}
