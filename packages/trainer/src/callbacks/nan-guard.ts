import { CnnError, type StateDict, writeSafetensors } from '@cnn/core';
import { toExactJson } from '../checkpoint/exact-json.ts';
import type { StepInspection } from '../inspect/step-inspector.ts';
import { type TensorStatistics, tensorStatistics } from '../inspect/tensor-statistics.ts';
import type { Run } from '../run/run.ts';
import type { Callback } from './callback.ts';

/** How closely to watch, and where to put what was found. */
export interface NanGuardOptions {
  /**
   * Look into every step, so that the very batch and layer are found. It costs reading back all activations and
   * gradients; without it the loss is looked at when it is read back, and only its step is known.
   */
  readonly everyStep?: boolean;
  /**
   * Given a dump as the bytes of a safetensors file: the batch (`inputs.0`, `targets.0`, `indices.0`, ...) if it is at hand, and
   * as JSON in the metadata under `cnn.nan` the step, the layer and the statistics.
   */
  readonly save?: (dump: Uint8Array) => void | Promise<void>;
}

/** Where the first number that is none was found. */
interface Finding {
  readonly where: string;
  readonly received: string;
  readonly step: number;
  readonly inspection: StepInspection | null;
}

/** Ends the run as failed at a loss, an activation or a gradient that is NaN or infinite, naming where. */
export function nanGuard({ everyStep = false, save }: NanGuardOptions = {}): Callback {
  const check = async (run: Run): Promise<void> => {
    if (everyStep) run.requestInspection();
    const found = findInside(run.inspection) ?? findInLoss(run);
    if (!found) return;
    await save?.(await dumpOf(run, found));
    throw new CnnError('non-finite', {
      where: `${found.where} at step ${found.step}`,
      expected: 'finite numbers',
      received: found.received,
      remedy: 'Lower the learning rate, clip gradients, or look at the data of that step; earlier checkpoints are kept',
    });
  };
  return {
    name: 'nan-guard',
    onRunStart(run) {
      if (everyStep) run.requestInspection();
    },
    onStepEnd: check,
    onEpochEnd: check,
  };
}

function findInside(inspection: StepInspection | null): Finding | null {
  if (!inspection) return null;
  const { step } = inspection;
  const layer = inspection.layers.find(({ output }) => output.nonFinite > 0);
  if (layer) {
    const where = `output of ${layer.path || 'the model'} (${layer.kind})`;
    return { where, received: share(layer.output), step, inspection };
  }
  const gradient = Object.entries(inspection.gradients).find(([, statistics]) => statistics.nonFinite > 0);
  if (!gradient) return null;
  return { where: `gradient of ${gradient[0]}`, received: share(gradient[1]), step, inspection };
}

function findInLoss({ state }: Run): Finding | null {
  if (!state.nonFinite) return null;
  const { step, loss } = state.nonFinite;
  return { where: 'loss', received: String(loss), step, inspection: null };
}

function share({ nonFinite, size }: TensorStatistics): string {
  return `${nonFinite} of ${size} that are NaN or infinite`;
}

async function dumpOf(run: Run, { where, step, inspection }: Finding): Promise<Uint8Array> {
  const tensors: StateDict = new Map();
  if (step === run.state.step) {
    run.batches.forEach(({ inputs, targets, indices }, part) => {
      tensors.set(`inputs.${part}`, { dtype: 'float32', ...inputs });
      const { data, shape } = targets;
      tensors.set(`targets.${part}`, { dtype: data instanceof Int32Array ? 'int32' : 'float32', data, shape });
      tensors.set(`indices.${part}`, { dtype: 'int32', data: indices, shape: [indices.length] });
    });
  }
  const parameters: Record<string, TensorStatistics> = {};
  for (const [name, parameter] of run.model.namedParameters()) {
    parameters[name] = tensorStatistics(Array.from((await parameter.read()).data, Number));
  }
  const { epoch, lastLr } = run.state;
  const found = { where, step, epoch, lr: lastLr, inspection, parameters };
  return writeSafetensors(tensors, { 'cnn.nan': toExactJson(found) });
}
