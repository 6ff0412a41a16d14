import type { JsonValue, StateDict } from '@cnn/core';
import type { ActiveRun } from '../run/active-run.ts';
import { encodeCheckpoint, type OptimizerState, withPrefix } from './checkpoint.ts';

/** The bytes of a checkpoint of `run` as it stands. Reads everything back from the device. */
export async function snapshotRun(run: ActiveRun): Promise<Uint8Array> {
  const { average, data, generators, schedules, callbacks } = run.parts;
  await run.readLosses();
  const extras: StateDict = new Map();
  const addExtras = (prefix: string, tensors: StateDict): void => {
    for (const [name, tensor] of withPrefix(tensors, prefix)) extras.set(name, tensor);
  };

  const weights = await run.weights();
  if (average) addExtras('training/', await run.model.stateDict());

  const optimizers: Record<string, OptimizerState> = {};
  for (const [name, optimizer] of Object.entries(run.optimizers)) {
    const steps: Record<string, number> = {};
    optimizers[name] = { rates: optimizer.rates(), steps };
    for (const [path, parameter] of run.model.namedParameters()) {
      const kept = optimizer.state(parameter);
      if (!kept) continue;
      steps[path] = kept.step;
      for (const [slot, value] of kept.slots) extras.set(`${name}/${slot}/${path}`, await value.read());
    }
  }

  const callbackStates: Record<string, JsonValue> = {};
  for (const callback of callbacks.all) {
    if (callback.saveState) callbackStates[callback.name] = await callback.saveState();
    if (callback.saveTensors) addExtras(`callback/${callback.name}/`, await callback.saveTensors());
  }

  return encodeCheckpoint({
    weights,
    extras,
    state: {
      run: run.state,
      data: data.state(),
      generators: Object.fromEntries(Object.entries(generators).map(([name, generator]) => [name, generator.state()])),
      optimizers,
      schedules: schedules.state(),
      averageUpdates: average?.updates ?? null,
      callbacks: callbackStates,
      config: run.parts.config(),
    },
  });
}
