import type { Config } from '@cnn/cli/config';
import { type Signal, signal } from '@preact/signals';
import { DEFAULT_CONFIG } from './default-config.ts';

/**
 * The page's whole state: a resolved configuration of `cnn-cli`, every default filled in. Whatever it is set to, the
 * Worker's run becomes: see `run-store`, which watches.
 */
export const config: Signal<Config> = signal(DEFAULT_CONFIG);

/** Changes made before a run is open; null once one is. */
let early: ((config: Config) => Config)[] | null = [];

/**
 * Changes the configuration. Rates, dropout and the number of epochs take effect with the next step, augmentation with
 * the next batch, the batch size with the next epoch; another backend takes the run over; all else opens a new run.
 */
export function editConfig(change: (config: Config) => Config): void {
  early?.push(change);
  config.value = change(config.value);
}

/**
 * The first run of this page is open, `opened`, or none could be. What was changed meanwhile, when the page did not know
 * yet which run that would be, is changed in that run.
 */
export function configOpened(opened: Config | null): void {
  const changes = early ?? [];
  early = null;
  if (opened) config.value = changes.reduce((current, change) => change(current), opened);
}

/** Changes options of the optimizer, such as `lr`. */
export function editOptimizer(options: Readonly<Record<string, number>>): void {
  editConfig((current) => ({ ...current, optimizer: { ...current.optimizer, ...options } }));
}

/** Changes options of the data, such as `batchSize`. */
export function editData(options: Partial<Config['data']>): void {
  editConfig((current) => ({ ...current, data: { ...current.data, ...options } as Config['data'] }));
}

/** True when both train the same, wherever they compute. */
export function sameRun(a: Config, b: Config): boolean {
  const comparable = ({ backend: _backend, threads: _threads, featureLevel: _level, name: _name, ...rest }: Config) =>
    JSON.stringify(rest);
  return comparable(a) === comparable(b);
}
