import type { Module } from '@cnn/core';
import { parameterGroups } from '@cnn/models';
import { Adam, AdamW, type Optimizer, RmsProp, Sgd } from '@cnn/trainer';
import * as z from 'zod/mini';
import { type BuiltIns, builtIn } from '../config/built-in.ts';
import { described, list, number, option, orNull, TEXT } from '../config/option.ts';

const lr = (value: number) => option(number({ above: 0 }), value, 'learning rate');
const weightDecay = (value: number) =>
  option(number({ min: 0 }), value, 'how much each step pulls parameters towards 0');
const noDecay = option(
  z.boolean(),
  false,
  'exempt parameters with one axis (biases, scales of norms) from weight decay',
);
const beta = number({ min: 0, below: 1 });
const betas = option(
  z.tuple([beta, beta]),
  [0.9, 0.999],
  'decay of the running means of the gradient and of its square',
);
const eps = option(number({ above: 0 }), 1e-8, 'added to the denominator');
const momentum = option(number({ min: 0 }), 0, 'share of the last step that is repeated');
const amsgrad = option(z.boolean(), false, 'divide by the largest second moment so far');

const writtenGroup = z.strictObject({
  match: described(z.union([TEXT, list(TEXT, { least: 1 })]), 'patterns of parameter paths'),
  lr: orNull(number({ above: 0 })),
  weightDecay: orNull(number({ min: 0 })),
});
const group = z.pipe(
  writtenGroup,
  z.transform(({ match, lr: rate, weightDecay: decay }: z.output<typeof writtenGroup>) => ({
    match,
    ...(rate === null ? {} : { lr: rate }),
    ...(decay === null ? {} : { weightDecay: decay }),
  })),
);
const groups = option(z.array(group), [], 'parameters with rates of their own: the first that matches counts');

/** Optimizers by the name that configs use; options are named and preset as in `torch.optim`. */
export const OPTIMIZERS: BuiltIns<Module, Optimizer> = {
  adam: builtIn(
    z.strictObject({ lr: lr(0.001), betas, eps, weightDecay: weightDecay(0), amsgrad, noDecay, groups }),
    ({ groups: rules, ...options }, model) => new Adam(parameterGroups(model, rules), options),
  ),
  adamw: builtIn(
    z.strictObject({ lr: lr(0.001), betas, eps, weightDecay: weightDecay(0.01), amsgrad, noDecay, groups }),
    ({ groups: rules, ...options }, model) => new AdamW(parameterGroups(model, rules), options),
  ),
  sgd: builtIn(
    z.strictObject({
      lr: lr(0.001),
      momentum,
      dampening: option(number({ min: 0, max: 1 }), 0, 'shrinks what a gradient adds to the momentum'),
      nesterov: option(z.boolean(), false, 'look ahead along the momentum'),
      weightDecay: weightDecay(0),
      noDecay,
      groups,
    }),
    ({ groups: rules, ...options }, model) => new Sgd(parameterGroups(model, rules), options),
  ),
  rmsprop: builtIn(
    z.strictObject({
      lr: lr(0.01),
      alpha: option(number({ min: 0, below: 1 }), 0.99, 'decay of the running mean of the squared gradient'),
      eps,
      momentum,
      centered: option(z.boolean(), false, 'divide by the deviation instead of the root of the mean square'),
      weightDecay: weightDecay(0),
      noDecay,
      groups,
    }),
    ({ groups: rules, ...options }, model) => new RmsProp(parameterGroups(model, rules), options),
  ),
};
