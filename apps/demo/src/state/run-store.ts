import type { Config } from '@cnn/cli/config';
import type { BackendDetails, PassedOverBackend } from '@cnn/core';
import { batch, type Signal, signal } from '@preact/signals';
import type { EpochPoint, OpenedEvent, SessionEvent, SessionStatus, StepPoint } from '../session/session-event.ts';
import { keepRun } from './earlier-runs-store.ts';
import { notify } from './notice-store.ts';
import { passedOverNotice } from './passed-over-notice.ts';

export const status: Signal<SessionStatus> = signal('opening');
/** Counts the runs of this page. */
export const runId: Signal<number> = signal(0);
/** Optimizer updates done. */
export const step: Signal<number> = signal(0);
export const stepsPerEpoch: Signal<number> = signal(0);
export const losses: Signal<readonly StepPoint[]> = signal([]);
export const epochs: Signal<readonly EpochPoint[]> = signal([]);
export const backend: Signal<BackendDetails | null> = signal(null);
/** What was tried before the backend, and why it was not used. */
export const passedOver: Signal<readonly PassedOverBackend[]> = signal([]);
export const imagesPerSecond: Signal<number> = signal(0);
/** Of one image after all transforms, `[H, W, C]`. */
export const sampleShape: Signal<readonly number[]> = signal([]);
export const classNames: Signal<readonly string[]> = signal([]);
/** What the Worker's run is configured with; null before the first. */
export const runConfig: Signal<Config | null> = signal(null);

/** Takes in what the Worker tells. */
export function takeEvent(event: SessionEvent): void {
  batch(() => {
    switch (event.type) {
      case 'opened':
        takeOpened(event);
        break;
      case 'steps':
        step.value = event.steps.at(-1)?.step ?? step.value;
        losses.value = [...losses.value, ...event.steps.filter(({ loss }) => !Number.isNaN(loss))];
        imagesPerSecond.value = event.imagesPerSecond;
        break;
      case 'epoch':
        epochs.value = [...epochs.value, event.epoch];
        break;
      case 'status':
        status.value = event.status;
        break;
      case 'config':
        runConfig.value = event.config;
        break;
      case 'problem':
      case 'info':
        notify({ kind: event.type, title: event.title, detail: event.detail });
        break;
    }
  });
}

function takeOpened(event: OpenedEvent): void {
  const former = runConfig.value;
  if (former && event.run !== runId.value) {
    keepRun({ id: runId.value, config: former, losses: losses.value, epochs: epochs.value });
  }
  runId.value = event.run;
  runConfig.value = event.config;
  backend.value = event.backend;
  passedOver.value = event.passedOver;
  stepsPerEpoch.value = event.stepsPerEpoch;
  sampleShape.value = event.sampleShape;
  classNames.value = event.classNames;
  step.value = event.step;
  losses.value = event.losses;
  epochs.value = event.epochs;
  imagesPerSecond.value = 0;
  const notice = passedOverNotice(event);
  if (notice) notify(notice);
}
