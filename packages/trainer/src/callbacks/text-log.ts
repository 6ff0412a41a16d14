import type { JsonValue } from '@cnn/core';
import type { Run } from '../run/run.ts';
import type { TextFile } from '../text/text-file.ts';

/** The hooks that every callback which writes a text shares: open, remember the position, close. */
export interface TextLog {
  readonly name: string;
  /** Whether the file was opened where a checkpoint had left it. One that was not is told the epochs before. */
  resumed(): boolean;
  onRunStart(run: Run): Promise<void>;
  onRunEnd(): Promise<void>;
  saveState(): Promise<JsonValue>;
  loadState(state: JsonValue): void;
}

/** Opens `file` at the position that the checkpoint remembers, or empty, and closes it when the run is over. */
export function textLog(name: string, file: TextFile): TextLog {
  let position = 0;
  let opened = false;
  return {
    name,
    resumed: () => position > 0,
    async onRunStart(run) {
      const begin = await file.open(position);
      if (begin < position) run.notice(`${name}: the file of the run so far is not here; a new one is begun`);
      position = begin;
      opened = true;
    },
    async onRunEnd() {
      // The next run with this callback begins anew, unless it loads a state.
      position = 0;
      if (!opened) return;
      opened = false;
      await file.flush();
      await file.close();
    },
    async saveState() {
      return { sizeBytes: await file.flush() };
    },
    loadState(state) {
      const { sizeBytes } = state as { sizeBytes: number };
      position = sizeBytes;
    },
  };
}
