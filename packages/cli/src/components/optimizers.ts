import type { Module } from '@cnn/core';
import { parameterGroups } from '@cnn/models';
import { Adam, AdamW, type Optimizer, RmsProp, Sgd } from '@cnn/trainer';
import { z } from 'zod';
import { type BuiltIns, builtIn } from '../config/built-in.ts';

const lr = (value: number) => z.number().positive().default(value).describe('learning rate');
const weightDecay = (value: number) =>
  z.number().min(0).default(value).describe('how much each step pulls parameters towards 0');
const noDecay = z
  .boolean()
  .default(false)
  .describe('exempt parameters with one axis (biases, scales of norms) from weight decay');
const beta = z.number().min(0).lt(1);
const betas = z
  .tuple([beta, beta])
  .default([0.9, 0.999])
  .describe('decay of the running means of the gradient and of its square');
const eps = z.number().positive().default(1e-8).describe('added to the denominator');
const momentum = z.number().min(0).default(0).describe('share of the last step that is repeated');
const amsgrad = z.boolean().default(false).describe('divide by the largest second moment so far');

const groups = z
  .array(
    z
      .strictObject({
        match: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).describe('patterns of parameter paths'),
        lr: z.number().positive().nullable().default(null),
        weightDecay: z.number().min(0).nullable().default(null),
      })
      .transform(({ match, lr: rate, weightDecay: decay }) => ({
        match,
        ...(rate === null ? {} : { lr: rate }),
        ...(decay === null ? {} : { weightDecay: decay }),
      })),
  )
  .default([])
  .describe('parameters with rates of their own: the first that matches counts');

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
      dampening: z.number().min(0).max(1).default(0).describe('shrinks what a gradient adds to the momentum'),
      nesterov: z.boolean().default(false).describe('look ahead along the momentum'),
      weightDecay: weightDecay(0),
      noDecay,
      groups,
    }),
    ({ groups: rules, ...options }, model) => new Sgd(parameterGroups(model, rules), options),
  ),
  rmsprop: builtIn(
    z.strictObject({
      lr: lr(0.01),
      alpha: z.number().min(0).lt(1).default(0.99).describe('decay of the running mean of the squared gradient'),
      eps,
      momentum,
      centered: z.boolean().default(false).describe('divide by the deviation instead of the root of the mean square'),
      weightDecay: weightDecay(0),
      noDecay,
      groups,
    }),
    ({ groups: rules, ...options }, model) => new RmsProp(parameterGroups(model, rules), options),
  ),
};
