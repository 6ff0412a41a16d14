/** What a step spends its time on. */
export type StepPhase = 'data' | 'forward' | 'backward' | 'optimizer' | 'metrics' | 'callbacks' | 'checkpoint';

/** Told when each phase begins; the one before ends there. */
export interface StopWatch {
  /** Begins `phase`; the one before ends there. */
  start(phase: StepPhase): void;
  /** Ends the phase under way, with none after it. */
  stop(): void;
}

/** Measures nothing. */
export const NO_STOP_WATCH: StopWatch = { start: () => {}, stop: () => {} };
