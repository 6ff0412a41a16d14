import { CnnError } from '@cnn/core';
import { monitoredValue } from '../run/monitor.ts';
import type { RunState } from '../run/run-state.ts';

/**
 * Fills in a file name pattern: `{epoch}`, `{step}` and any monitored metric, with digits after a colon: `{validation.loss:4}`.
 * Epochs and steps are padded with zeros so that names sort as they were written.
 *
 * @throws CnnError `invalid-argument` on a metric there is not.
 */
export function checkpointName(pattern: string, state: RunState): string {
  return pattern.replace(/\{([^}:]+)(?::(\d+))?\}/g, (_match, key: string, digits?: string) => {
    if (key === 'epoch') return String(state.epoch).padStart(3, '0');
    if (key === 'step') return String(state.step).padStart(7, '0');
    return monitoredValue(state, key).toFixed(digits === undefined ? 4 : Number(digits));
  });
}

/** @throws CnnError `invalid-argument` when `pattern` gives one name to checkpoints of different steps or leaves its folder. */
export function checkNamePattern(pattern: string): void {
  if (/\{(epoch|step)\}/.test(pattern) && !/[\\/]/.test(pattern)) return;
  throw new CnnError('invalid-argument', {
    where: 'checkpoint.fileName',
    expected: 'a file name with {epoch} or {step} in it',
    received: `"${pattern}"`,
    remedy: 'Write for example epoch-{epoch}-{validation.loss:4}.safetensors',
  });
}
