import type { Metric } from '@cnn/core';
import type { ConfusionMatrix, Mistake } from '@cnn/metrics';
import type { Callback } from '@cnn/trainer';
import type { EvaluationFindings } from './evaluation-findings.ts';

/** More classes than this and a matrix is neither kept nor shown: nobody reads 2,500 cells. */
export const MOST_CLASSES_OF_A_MATRIX = 50;

/** A callback that knows what the best validation so far found. */
export interface ValidationFindings extends Callback {
  readonly best: EvaluationFindings | null;
}

/** Keeps confusion and mistakes of the epoch that is the best so far; part of every checkpoint. */
export function validationFindings(metrics: {
  readonly confusion: Metric<ConfusionMatrix>;
  readonly mistakes: Metric<readonly Mistake[]>;
}): ValidationFindings {
  let best: EvaluationFindings | null = null;
  return {
    name: 'validation-findings',
    get best() {
      return best;
    },
    onEpochEnd({ plan, state }) {
      if (!plan.hasValidation || state.best?.epoch !== state.epoch) return;
      // The metrics still hold what the validation of this epoch told them.
      const confusion = metrics.confusion.compute();
      if (confusion.classNames.length > MOST_CLASSES_OF_A_MATRIX) return;
      best = { epoch: state.epoch, confusion, mistakes: metrics.mistakes.compute() };
    },
    saveState: () => JSON.stringify(best),
    loadState: (saved) => {
      best = JSON.parse(String(saved)) as EvaluationFindings | null;
    },
  };
}
