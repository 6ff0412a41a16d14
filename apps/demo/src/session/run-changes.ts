import type { Config } from '@cnn/cli/config';
import { componentName, dropoutRates } from './config-dropout.ts';

/** What a person changed in a run that had begun: a configuration, which holds from the first step, does not tell it. */
export type RunChange = {
  /** Steps that were done without it. */
  readonly step: number;
  readonly what: string;
  readonly from: string;
  readonly to: string;
};

/**
 * Takes note of what is changed while a run trains. Only what a step was taken with counts: who moves a slider to and
 * fro in a pause changes nothing.
 */
export class RunChanges {
  readonly #config: () => Config;
  /** Of the last step. */
  #before: Config | undefined;
  #noted: RunChange[] = [];

  /** @param config What the run is configured with now. */
  constructor(config: () => Config) {
    this.#config = config;
  }

  /** Told of every step that is done. */
  stepped(step: number): void {
    const now = this.#config();
    if (now !== this.#before) this.#noted = this.until(step - 1);
    this.#before = now;
  }

  /** Told when weights of a file take the place of those that the run came to. */
  weightsBrought(step: number, name: string): void {
    this.#noted.push({ step, what: 'weights', from: 'its own', to: name });
  }

  /** All that was changed in a run of so many steps. */
  until(step: number): RunChange[] {
    const pending = step > 0 && this.#before ? differences(this.#before, this.#config()) : [];
    return [...this.#noted, ...pending.map((difference) => ({ step, ...difference }))];
  }

  /** What a checkpoint is to hold. */
  get noted(): readonly RunChange[] {
    return this.#noted;
  }

  /** Goes on from a checkpoint: what it held, and what the run was configured with there. */
  restore(noted: readonly RunChange[], config: Config): void {
    this.#noted = [...noted];
    this.#before = config;
  }
}

/** Of what may change while a run trains, and what of it makes other numbers. */
function differences(before: Config, after: Config): Omit<RunChange, 'step'>[] {
  const values = (config: Config): Record<string, string> => ({
    'learning rate': String(config.optimizer.lr),
    'weight decay': String(config.optimizer.weightDecay ?? 0),
    dropout: dropoutRates(config).join(', '),
    'batch size': String(config.data.batchSize),
    augmentation: Array.isArray(config.data.augment) ? config.data.augment.map(componentName).join(', ') || 'none' : '',
  });
  const [from, to] = [values(before), values(after)];
  return Object.keys(from)
    .filter((what) => from[what] !== to[what])
    .map((what) => ({ what, from: from[what]!, to: to[what]! }));
}
