import { CnnError, nearestName } from '@cnn/core';

/** What there is to watch in a run. */
export interface MonitorChoices {
  readonly hasValidation: boolean;
  /** Names of the metrics that are computed on the validation set. */
  readonly metricNames: readonly string[];
  /** Says something to the person at the terminal. */
  readonly note: (message: string) => void;
}

interface MonitorRequest {
  readonly monitor: string | null;
  readonly mode: 'min' | 'max' | null;
}

/**
 * The metric that a callback watches. Without validation data `train.*` stands in for `validation.*`, with a note.
 * `null` means the accuracy, or the loss where no accuracy is computed.
 *
 * @param where The callback's name, for messages.
 * @throws CnnError `invalid-config` for a metric that the run does not compute, with the nearest one.
 */
export function monitoredMetric(
  where: string,
  { monitor, mode }: MonitorRequest,
  { hasValidation, metricNames, note }: MonitorChoices,
): { monitor: string; mode?: 'min' | 'max' } {
  const training = ['train.loss', 'train.lossSum', 'train.accuracy'];
  const validation = hasValidation ? ['loss', ...metricNames].map((name) => `validation.${name}`) : [];
  const known = [...validation, ...training];
  const asked = monitor ?? `validation.${metricNames.includes('accuracy') ? 'accuracy' : 'loss'}`;
  const chosen = hasValidation ? asked : asked.replace(/^validation\./, 'train.');
  if (!known.includes(chosen)) {
    throw new CnnError('invalid-config', {
      where: `callbacks ${where}.monitor`,
      expected: `a metric of this run (${known.join(', ')})`,
      received: asked,
      remedy: hasValidation
        ? `Write ${nearestName(asked, known)}, or add it to metrics`
        : 'Hold back validation data by data.validation, or monitor one of these',
    });
  }
  if (monitor !== null && chosen !== asked)
    note(`${where}: no validation data (data.validation is 0), watching ${chosen}`);
  return { monitor: chosen, ...(mode ? { mode } : {}) };
}
