import type { Config } from '@cnn/cli/config';
import { type Signal, signal } from '@preact/signals';
import { DEFAULT_CONFIG } from './default-config.ts';

/** The page's whole state: a resolved configuration of `cnn-cli`, every default filled in. */
export const config: Signal<Config> = signal(DEFAULT_CONFIG);

/**
 * Changes the configuration. What can change while a run trains takes effect there (the learning rate); everything else
 * opens a new run: see `run-store`, which watches.
 */
export function editConfig(change: (config: Config) => Config): void {
  config.value = change(config.value);
}
