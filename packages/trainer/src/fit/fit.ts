import type { Outcome } from '../run/outcome.ts';
import type { FitOptions } from './fit-options.ts';
import { trainer } from './trainer.ts';

/**
 * Trains a model and says how it went. What goes wrong while it runs is reported in the outcome, status `failed`, with
 * everything that was reached until then; look at `outcome.errors`.
 *
 * @example
 * const optimizer = new Adam(model.parameters(), { lr: 1e-3 });
 * const outcome = await fit({ model, data: loader, optimizer, epochs: 5 });
 * @throws CnnError `invalid-argument` on options that make no sense, before anything has begun.
 */
export async function fit(options: FitOptions): Promise<Outcome> {
  const run = trainer(options);
  for await (const _event of run);
  return run.outcome!;
}
