import { Points, tinyNet } from '../src/conformance/tiny-task.ts';
import { Adam, type FitOptions, fit, type Outcome } from '../src/index.ts';

/** Fits a tiny network on five batches an epoch. */
export async function tinyFit(options: Partial<FitOptions> = {}): Promise<Outcome> {
  const model = options.model ?? tinyNet();
  const optimizer = options.optimizer ?? new Adam(model.parameters(), { lr: 0.02 });
  return fit({ data: new Points(), ...options, model, optimizer });
}
