import type { Module, Parameter } from '@cnn/core';
import { checkPatterns } from './freeze.ts';
import { type PathPatterns, pathMatcher } from './path-pattern.ts';

/** Which parameters learn how fast. */
export interface ParameterGroupRule {
  /** Paths of parameters or of layers, with `*` and `**`. */
  readonly match: PathPatterns;
  /** Learning rate; the optimizer's where it is left out. */
  readonly lr?: number;
  /** Weight decay; the optimizer's where it is left out. */
  readonly weightDecay?: number;
}

/** A group as the optimizers of `@cnn/trainer` take it. */
export interface MatchedParameterGroup {
  /** Of this group, in the model's order. */
  readonly parameters: readonly Parameter[];
  /** Learning rate; the optimizer's where it is left out. */
  readonly lr?: number;
  /** Weight decay; the optimizer's where it is left out. */
  readonly weightDecay?: number;
}

/**
 * The parameters of a model in groups with rates of their own. A parameter belongs to the first rule that means it; what
 * no rule means comes last, with the optimizer's rates. Frozen parameters are in their group too, for when they thaw.
 *
 * @example
 * new AdamW(parameterGroups(model, [{ match: 'fc', lr: 1e-3 }]), { lr: 1e-5 });
 * @throws CnnError `invalid-argument` when a pattern means nothing in this model, with the nearest path.
 */
export function parameterGroups(model: Module, rules: readonly ParameterGroupRule[]): MatchedParameterGroup[] {
  const parameters = model.namedParameters();
  const paths = parameters.map(([path]) => path);
  const matchers = rules.map(({ match }) => {
    checkPatterns(match, paths, 'parameterGroups');
    return pathMatcher(match);
  });
  const ruleOf = (path: string): number => {
    const index = matchers.findIndex((isMeant) => isMeant(path));
    return index < 0 ? rules.length : index;
  };
  return [...rules, undefined]
    .map((rule, index) => {
      const { match: _, ...rates } = rule ?? { match: '' };
      const members = parameters.filter(([path]) => ruleOf(path) === index);
      return { parameters: members.map(([, parameter]) => parameter), ...rates };
    })
    .filter((group) => group.parameters.length > 0);
}
