import { appendFileSync } from 'node:fs';
import type { Callback } from '@cnn/trainer';

/** Writes a line an epoch to a file of its own. */
export default function ownCallback({ file }: { file: string }): Callback {
  return {
    name: 'own-callback',
    onEpochEnd({ state }) {
      appendFileSync(file, `epoch ${state.epoch}\n`);
    },
  };
}
