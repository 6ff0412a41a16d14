import { CnnError } from '@cnn/core';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { ActiveRun } from '../run/active-run.ts';
import { type Checkpoint, withoutPrefix } from './checkpoint.ts';

/**
 * Puts `run` where the checkpoint was taken, so that it goes on as if it had never stopped.
 *
 * @throws CnnError `state-mismatch` when the run has another model, other optimizers, generators or callbacks with state.
 */
export async function restoreRun(run: ActiveRun, checkpoint: Checkpoint): Promise<void> {
  const { weights, extras, state } = checkpoint;
  const { average, data, generators, schedules, callbacks } = run.parts;
  const inTraining = withoutPrefix(extras, 'training/');
  run.model.loadStateDict(inTraining.size > 0 ? inTraining : weights);
  average?.restore(weights, state.averageUpdates ?? 0);

  checkNames('optimizers', Object.keys(state.optimizers), Object.keys(run.optimizers));
  for (const [name, optimizer] of Object.entries(run.optimizers)) restoreOptimizer(run, name, optimizer, checkpoint);
  schedules.restore(state.schedules);
  await data.restore(state.data, state.run.inEpoch);

  // After the data, since taking up a position may draw numbers.
  checkNames('generators', Object.keys(state.generators), Object.keys(generators));
  for (const [name, generator] of Object.entries(generators)) generator.restore(state.generators[name]!);

  run.resumeFrom(state.run);
  for (const callback of callbacks.all) {
    const own = state.callbacks[callback.name];
    if (own !== undefined) await callback.loadState?.(own);
    await callback.loadTensors?.(withoutPrefix(extras, `callback/${callback.name}/`));
  }
}

function restoreOptimizer(run: ActiveRun, name: string, optimizer: Optimizer, { extras, state }: Checkpoint): void {
  const { rates, steps } = state.optimizers[name]!;
  optimizer.restoreRates(rates);
  const own = withoutPrefix(extras, `${name}/`);
  for (const [path, parameter] of run.model.namedParameters()) {
    const step = steps[path];
    if (step === undefined) continue;
    const slots = [...own].filter(([key]) => key.slice(key.indexOf('/') + 1) === path);
    optimizer.restoreState(
      parameter,
      step,
      new Map(slots.map(([key, value]) => [key.slice(0, key.indexOf('/')), value])),
    );
  }
}

function checkNames(what: string, saved: readonly string[], given: readonly string[]): void {
  if ([...saved].sort().join() === [...given].sort().join()) return;
  throw new CnnError('state-mismatch', {
    where: `resume, ${what}`,
    expected: saved.join(', ') || 'none',
    received: given.join(', ') || 'none',
    remedy: 'Resume with what the run was started with',
  });
}
