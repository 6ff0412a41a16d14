import type { EpochRecord, RunState, TrainingEvent } from '@cnn/trainer';
import type { EpochPoint, SessionEvent, StepPoint } from './session-event.ts';

/** How often the page hears of steps. */
const TELL_EVERY_MS = 100;

/** Tells the page of steps in bundles and of epochs at once. */
export class RunReporter {
  readonly #tell: (event: SessionEvent) => void;
  #points: StepPoint[] = [];
  #toldAt = 0;
  #samples = 0;
  #seconds = 0;

  constructor(tell: (event: SessionEvent) => void, { samplesSeen, seconds }: RunState) {
    this.#tell = tell;
    this.#samples = samplesSeen;
    this.#seconds = seconds;
  }

  /** Takes in an event of the run; `pausing` when nothing follows for now. */
  take(event: TrainingEvent, state: RunState, { pausing }: { pausing: boolean }): void {
    if (event.type === 'step') this.#points.push({ step: event.step, loss: event.loss ?? Number.NaN });
    const due = performance.now() - this.#toldAt > TELL_EVERY_MS;
    if (due || pausing || event.type !== 'step') this.#tellSteps(state);
    if (event.type === 'epoch') this.#tell({ type: 'epoch', epoch: epochPoint(event.record) });
  }

  #tellSteps({ samplesSeen, seconds }: RunState): void {
    if (this.#points.length === 0) return;
    const imagesPerSecond = (samplesSeen - this.#samples) / Math.max(seconds - this.#seconds, 1e-3);
    this.#tell({ type: 'steps', steps: this.#points, imagesPerSecond });
    this.#points = [];
    this.#toldAt = performance.now();
    this.#samples = samplesSeen;
    this.#seconds = seconds;
  }
}

/** What the page shows of an epoch. */
export function epochPoint({ epoch, step, train, validation }: EpochRecord): EpochPoint {
  const measures = (of: { readonly loss?: number; readonly accuracy?: number } | null) => ({
    loss: of?.loss ?? Number.NaN,
    accuracy: of?.accuracy ?? Number.NaN,
  });
  return { epoch, step, train: measures(train), test: measures(validation) };
}
