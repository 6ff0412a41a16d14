/** What a step spends its time on. */
export type StepPhase = 'data' | 'forward' | 'backward' | 'optimizer' | 'metrics' | 'callbacks' | 'checkpoint';

/** Told when each phase begins; the one before ends there. */
export interface StopWatch {
  start(phase: StepPhase): void;
  stop(): void;
}

/** Measures nothing. */
export const NO_STOP_WATCH: StopWatch = { start: () => {}, stop: () => {} };
