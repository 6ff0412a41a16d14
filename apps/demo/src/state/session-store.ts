import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import * as comlink from 'comlink';
import { DEFAULT_CONFIG, type SessionConfig } from '../session/session-config.ts';
import type { SessionEvent, SessionStatus, StepPoint } from '../session/session-event.ts';
import type { TrainingSession } from '../session/training-session.ts';

/** What the page knows of its run. */
export interface SessionView {
  readonly status: SessionStatus;
  readonly backend: string;
  readonly parameterCount: number;
  readonly stepsPerEpoch: number;
  readonly step: number;
  readonly imagesPerSecond: number;
  readonly losses: readonly StepPoint[];
  readonly epochs: readonly { readonly step: number; readonly train: number; readonly test: number }[];
  readonly problem: string | null;
}

const CLOSED: SessionView = {
  status: 'opening',
  backend: '',
  parameterCount: 0,
  stepsPerEpoch: 0,
  step: 0,
  imagesPerSecond: 0,
  losses: [],
  epochs: [],
  problem: null,
};

const config: Signal<SessionConfig> = signal(DEFAULT_CONFIG);
export const view: Signal<SessionView> = signal(CLOSED);

let session: comlink.Remote<TrainingSession & comlink.ProxyMarked> | undefined;

/** The next view after an event. */
function reduceView(current: SessionView, event: SessionEvent): SessionView {
  switch (event.type) {
    case 'opened': {
      const { name, threads } = event.backend;
      const backend = threads > 1 ? `${name}, ${threads} threads` : name;
      return {
        ...CLOSED,
        backend,
        parameterCount: event.parameterCount,
        stepsPerEpoch: event.stepsPerEpoch,
        step: event.step,
      };
    }
    case 'steps': {
      const step = event.steps.at(-1)?.step ?? current.step;
      const losses = [...current.losses, ...event.steps];
      return { ...current, step, losses, imagesPerSecond: event.imagesPerSecond };
    }
    case 'epoch':
      return { ...current, epochs: [...current.epochs, { step: event.step, train: event.train, test: event.test }] };
    case 'status':
      return { ...current, status: event.status };
    case 'problem':
      return { ...current, problem: event.message };
  }
}

/** Starts the Worker and opens the configured run in it. */
export async function openSession(): Promise<void> {
  if (!session) {
    const worker = new Worker(new URL('../session/session.worker.ts', import.meta.url), { type: 'module' });
    const factory = comlink.wrap<{
      create(tell: (event: SessionEvent) => void): TrainingSession & comlink.ProxyMarked;
    }>(worker);
    session = await factory.create(
      comlink.proxy((event) => {
        view.value = reduceView(view.value, event);
      }),
    );
  }
  try {
    await session.open(config.value);
  } catch (error) {
    view.value = { ...view.value, problem: error instanceof Error ? error.message : String(error) };
  }
}

export const play = (): unknown => session?.play();
export const pause = (): unknown => session?.pause();
export const stepOnce = (): unknown => session?.step(1);
/** Takes effect with the next step. */
export function setLearningRate(lr: number): void {
  config.value = { ...config.value, optimizer: { ...config.value.optimizer, lr } };
  void session?.setLearningRate(lr);
}

export const learningRate: ReadonlySignal<number> = computed(() => config.value.optimizer.lr);

/** What the network as it is now takes a drawing for: probabilities by class. `rgba` is square, `side` pixels wide. */
export async function readDrawing(rgba: Uint8ClampedArray, side: number): Promise<readonly number[]> {
  return (await session?.read(rgba, side)) ?? [];
}
