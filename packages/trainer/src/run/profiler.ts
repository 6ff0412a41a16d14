import type { StepPhase, StopWatch } from './stop-watch.ts';

const PHASES: readonly StepPhase[] = ['data', 'forward', 'backward', 'optimizer', 'metrics', 'callbacks', 'checkpoint'];

/** Where the time of training steps went. */
export interface Profiler extends StopWatch {
  /** Seconds by phase, all steps together. Evaluation is not counted. */
  readonly seconds: Readonly<Record<StepPhase, number>>;
  /** Batches seen. */
  readonly batches: number;
  /** A table with a heading: phase, milliseconds a batch, share. */
  table(): string;
  /** Begins to count anew. */
  reset(): void;
}

/**
 * Splits the time of steps into data, forward, backward, optimizer, metrics (read-backs), callbacks (and whoever walks the
 * events) and checkpoints. A device that computes on its own is billed where the program waits for it: on the read-back.
 *
 * @example
 * const profile = profiler();
 * await fit({ model, data, optimizer, watch: profile });
 * console.log(profile.table());
 */
export function profiler(): Profiler {
  let seconds = zeros();
  let batches = 0;
  let current: StepPhase | null = null;
  let since = 0;
  const close = (): void => {
    const now = performance.now();
    if (current) seconds[current] += (now - since) / 1000;
    since = now;
  };
  return {
    get seconds() {
      return seconds;
    },
    get batches() {
      return batches;
    },
    start(phase) {
      close();
      current = phase;
      if (phase === 'forward') batches++;
    },
    stop() {
      close();
      current = null;
    },
    table() {
      const total = PHASES.reduce((sum, phase) => sum + seconds[phase], 0);
      const row = (name: string, spent: number): string => {
        const perBatch = batches > 0 ? (1000 * spent) / batches : 0;
        const share = total > 0 ? (100 * spent) / total : 0;
        return `${name.padEnd(10)} ${perBatch.toFixed(3).padStart(10)} ms  ${share.toFixed(1).padStart(5)} %`;
      };
      const heading = `${'phase'.padEnd(10)} ${'a batch'.padStart(13)}  ${'share'.padStart(7)}`;
      return [heading, ...PHASES.map((phase) => row(phase, seconds[phase])), row('total', total)].join('\n');
    },
    reset() {
      seconds = zeros();
      batches = 0;
    },
  };
}

function zeros(): Record<StepPhase, number> {
  return { data: 0, forward: 0, backward: 0, optimizer: 0, metrics: 0, callbacks: 0, checkpoint: 0 };
}
