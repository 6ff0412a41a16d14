import type { PassedOverBackend } from '@cnn/core';
import { epochPoint } from './run-reporter.ts';
import type { OpenedEvent } from './session-event.ts';
import type { TrainingRun } from './training-run.ts';

/** What the page is told of a run that is open. */
export function openedEvent(run: TrainingRun, passedOver: readonly PassedOverBackend[]): OpenedEvent {
  const { step, history } = run.trainer.state;
  return {
    type: 'opened',
    run: run.id,
    config: run.config,
    backend: run.backend,
    passedOver,
    stepsPerEpoch: run.data.length,
    sampleShape: run.sampleShape,
    classNames: run.classNames,
    step,
    losses: run.keeper.losses.filter((point) => point.step <= step),
    epochs: history.map(epochPoint),
  };
}
