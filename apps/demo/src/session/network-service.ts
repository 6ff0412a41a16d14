import { LAYER_KINDS, type SequentialOptions } from '@cnn/models';
import { type LayerKindFacts, type NetworkPlan, planNetwork } from './network-plan.ts';

/** What the page asks about networks that may be built. */
export class NetworkService {
  /** Sizes, parameters, multiply-adds, receptive fields, and what is wrong. */
  plan(options: SequentialOptions): NetworkPlan {
    return planNetwork(options);
  }

  /** The layers that there are, with their options. */
  kinds(): LayerKindFacts[] {
    return Object.entries(LAYER_KINDS).map(([name, { title, options }]) => ({ name, title, options }));
  }
}
