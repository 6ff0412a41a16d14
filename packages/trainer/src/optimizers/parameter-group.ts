import { CnnError, Parameter } from '@cnn/core';

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

/** The part of an optimizer's state that is plain JSON: the rates of its groups. */
export type OptimizerRates = readonly Pick<ParameterGroup, 'lr' | 'weightDecay' | 'momentum'>[];

/**
 * The groups of an optimizer, everything that is left out filled in.
 *
 * @throws CnnError `invalid-argument` on no parameters, a parameter in two groups, or a rate that is no number ≥ 0.
 */
export function parameterGroups(
  parameters: readonly Parameter[] | readonly ParameterGroupOptions[],
  { lr, weightDecay, noDecay, momentum }: Required<OptimizerOptions> & { readonly momentum: number },
): ParameterGroup[] {
  const asked = parameters.every((entry) => entry instanceof Parameter) ? [{ parameters }] : parameters;
  const groups = asked
    .map((group) => ({ lr, weightDecay, ...group }))
    .flatMap((group) => (noDecay ? splitByDecay(group) : [group]))
    .map((group) => ({ ...group, initialLr: group.lr, momentum }));
  checkGroups(groups);
  return groups;
}

function splitByDecay<Group extends Required<ParameterGroupOptions>>(group: Group): Group[] {
  const decayed = group.parameters.filter((parameter) => parameter.shape.length > 1);
  const others = group.parameters.filter((parameter) => parameter.shape.length <= 1);
  return [
    { ...group, parameters: decayed },
    { ...group, parameters: others, weightDecay: 0 },
  ].filter(({ parameters }) => parameters.length > 0);
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
