import type { Config } from '@cnn/cli/config';
import { float32Values, type JsonValue, type StateDict } from '@cnn/core';
import { type Callback, type Checkpoint, LAST_CHECKPOINT, type Run } from '@cnn/trainer';
import { type RunChange, RunChanges } from './run-changes.ts';
import type { StepPoint } from './session-event.ts';

/** Where the keeper stands in the file of a checkpoint. */
const NAME = 'page';
/** The first checkpoint comes sooner: until then a crash costs everything. */
const FIRST_AFTER_MS = 1000;
/** Saving may take so much of the time. */
const SAVING_SHARE = 0.05;

/** What a checkpoint of this page holds beside the run. */
export interface KeptFacts {
  readonly config: Config;
  readonly losses: readonly StepPoint[];
}

/**
 * Keeps a run as it goes: remembers every loss, asks for a checkpoint every few seconds, and stops the run at a moment
 * that a checkpoint holds exactly.
 */
export class RunKeeper {
  /** Every loss since the first step. */
  readonly losses: StepPoint[] = [];
  /** What was changed on the way. */
  readonly changes: RunChanges;
  readonly #everyMs: number;
  readonly #config: () => Config;
  #savedAt = performance.now();
  #askedAt = 0;
  #waitMs: number;
  #wanted = false;
  #pausing = false;
  #pausesAtEpochEnd = false;

  /** @param config What the run is configured with now. */
  constructor(config: () => Config, { everyMs = 4000 }: { everyMs?: number } = {}) {
    this.#config = config;
    this.changes = new RunChanges(config);
    this.#everyMs = everyMs;
    this.#waitMs = Math.min(everyMs, FIRST_AFTER_MS);
  }

  /** Asks for a checkpoint at the next moment that has one. */
  save(): void {
    this.#wanted = true;
  }

  /** The run pauses at its next step or end of an epoch, where it is saved. */
  pause(): void {
    this.#pausing = true;
  }

  /** The run pauses when the epoch is over. */
  pauseAtEpochEnd(): void {
    this.#pausesAtEpochEnd = true;
  }

  /** It was told to go on. */
  resumed(): void {
    this.#pausing = false;
    this.#pausesAtEpochEnd = false;
  }

  /** To be put among the callbacks of a run. `control` pauses it. */
  callback(control: () => { readonly paused: boolean; pause(): void }): Callback {
    const keep = (run: Run, { atEpochEnd = false } = {}): void => {
      if (this.#pausing || (atEpochEnd && this.#pausesAtEpochEnd)) {
        this.resumed();
        control().pause();
      }
      const isLast = atEpochEnd && run.state.epoch >= run.plan.epochs;
      const isDue = performance.now() - this.#savedAt > this.#waitMs;
      if (!this.#wanted && !isDue && !isLast && !control().paused) return;
      this.#wanted = false;
      this.#askedAt = performance.now();
      run.requestCheckpoint(LAST_CHECKPOINT);
    };
    return {
      name: NAME,
      onStepEnd: (run) => {
        const { step, lastLoss } = run.state;
        if (lastLoss !== null) this.losses.push({ step, loss: lastLoss });
        this.changes.stepped(step);
        keep(run);
      },
      onEpochEnd: (run) => keep(run, { atEpochEnd: true }),
      onCheckpointSaved: () => {
        this.#savedAt = performance.now();
        this.#waitMs = Math.max(this.#everyMs, (this.#savedAt - this.#askedAt) / SAVING_SHARE);
      },
      // What was read from YAML is JSON; the round trip drops nothing but the interfaces.
      saveState: () => ({
        config: JSON.parse(JSON.stringify(this.#config())) as JsonValue,
        changes: [...this.changes.noted],
      }),
      loadState: (state) => {
        const { config, changes } = state as { config: Config & JsonValue; changes?: readonly RunChange[] };
        this.changes.restore(Array.isArray(changes) ? changes : [], config);
      },
      saveTensors: () => lossTensors(this.losses),
      loadTensors: (tensors) => void this.losses.splice(0, this.losses.length, ...lossPoints(tensors)),
    };
  }
}

/**
 * What this page wrote into a checkpoint; undefined for one that it did not write, such as `cnn-cli`'s.
 */
export function keptFacts({ state, extras }: Checkpoint): KeptFacts | undefined {
  const kept = state.callbacks[NAME];
  if (typeof kept !== 'object' || kept === null || !('config' in kept)) return undefined;
  const prefix = `callback/${NAME}/`;
  const tensors = new Map([...extras].map(([name, tensor]) => [name.replace(prefix, ''), tensor]));
  return { config: kept.config as JsonValue as Config & JsonValue, losses: lossPoints(tensors) };
}

function lossTensors(losses: readonly StepPoint[]): StateDict {
  const shape = [losses.length];
  return new Map([
    ['steps', { dtype: 'int32', shape, data: Int32Array.from(losses, ({ step }) => step) }],
    ['losses', { dtype: 'float32', shape, data: Float32Array.from(losses, ({ loss }) => loss) }],
  ]);
}

function lossPoints(tensors: StateDict): StepPoint[] {
  const steps = tensors.get('steps');
  const losses = tensors.get('losses');
  if (!steps || !losses) return [];
  const values = float32Values(losses);
  return Array.from(float32Values(steps), (step, index) => ({ step, loss: values[index] ?? Number.NaN }));
}
