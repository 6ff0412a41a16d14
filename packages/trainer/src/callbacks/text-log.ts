import type { JsonValue } from '@cnn/core';
import type { TextFile } from '../text/text-file.ts';

/** The hooks that every callback which writes a text shares: open, remember the position, close. */
export interface TextLog {
  readonly name: string;
  /** Whether the file was opened where a checkpoint had left it. */
  resumed(): boolean;
  onRunStart(): Promise<void>;
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
    async onRunStart() {
      await file.open(position);
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
