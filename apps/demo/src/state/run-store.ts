import type { BackendDetails } from '@cnn/core';
import { batch, effect, type Signal, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { EpochPoint, SessionEvent, SessionStatus, StepPoint } from '../session/session-event.ts';
import { config } from './config-store.ts';
import { notify, notifyError } from './notice-store.ts';
import { session } from './session-client.ts';

export const status: Signal<SessionStatus> = signal('opening');
/** Counts the runs of this page. */
export const runId: Signal<number> = signal(0);
/** Optimizer updates done. */
export const step: Signal<number> = signal(0);
export const stepsPerEpoch: Signal<number> = signal(0);
export const losses: Signal<readonly StepPoint[]> = signal([]);
export const epochs: Signal<readonly EpochPoint[]> = signal([]);
export const backend: Signal<BackendDetails | null> = signal(null);
export const imagesPerSecond: Signal<number> = signal(0);
export const parameterCount: Signal<number> = signal(0);

/** Starts the Worker and opens the configured run in it; from then on a changed configuration opens a new one. */
export async function startSession(): Promise<void> {
  await session().run.listen(proxy(take));
  effect(() => {
    void openRun(config.value);
  });
}

/** Begins again from the first step. */
export async function reset(): Promise<void> {
  await openRun(config.peek());
}

export const play = (): Promise<void> => session().run.play();
export const pause = (): Promise<void> => session().run.pause();
export const stepOnce = (): Promise<void> => session().run.step(1);

/** Takes effect with the next step. */
export function setLearningRate(lr: number): void {
  void session().run.setLearningRate(lr);
}

async function openRun(wanted: typeof config.value): Promise<void> {
  try {
    await session().run.open(wanted);
  } catch (error) {
    notifyError('This run cannot begin', error);
  }
}

function take(event: SessionEvent): void {
  batch(() => {
    switch (event.type) {
      case 'opened':
        runId.value = event.run;
        step.value = event.step;
        stepsPerEpoch.value = event.stepsPerEpoch;
        losses.value = event.losses;
        epochs.value = event.epochs;
        backend.value = event.backend;
        parameterCount.value = event.parameterCount;
        imagesPerSecond.value = 0;
        break;
      case 'steps':
        step.value = event.steps.at(-1)?.step ?? step.value;
        losses.value = [...losses.value, ...event.steps];
        imagesPerSecond.value = event.imagesPerSecond;
        break;
      case 'epoch':
        epochs.value = [...epochs.value, event.epoch];
        break;
      case 'status':
        status.value = event.status;
        break;
      case 'problem':
        notify({ kind: 'problem', title: event.title, detail: event.detail });
        break;
    }
  });
}
