import type { StateDict } from '@cnn/core';
import type { Optimizer } from '../optimizers/optimizer.ts';

/** Copies rates and moments to the host, and returns what puts them back. */
export async function optimizerSnapshot(optimizer: Optimizer): Promise<() => void> {
  const rates = optimizer.rates();
  const parameters = optimizer.groups.flatMap((group) => group.parameters);
  const states = await Promise.all(
    parameters.map(async (parameter) => {
      const state = optimizer.state(parameter);
      const slots: StateDict = new Map();
      for (const [name, slot] of state?.slots ?? []) slots.set(name, await slot.read());
      return { parameter, step: state?.step, slots };
    }),
  );
  return () => {
    optimizer.dispose();
    optimizer.restoreRates(rates);
    for (const { parameter, step, slots } of states) {
      if (step !== undefined) optimizer.restoreState(parameter, step, slots);
    }
  };
}
