import { relative } from 'node:path';
import { downloadDataset } from '@cnn/datasets/node';
import { interruptSignal } from '../experiment/interrupt-signal.ts';
import type { CommandContext, Flags } from '../program.ts';
import { downloadProgressLine } from '../terminal/download-progress-line.ts';
import { dataRoot } from './data-info.ts';

/** `cnn-cli data download`: fetches what is not there yet; an interrupted download goes on where it stopped. */
export async function dataDownloadCommand(
  name: string,
  flags: Flags,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const root = dataRoot(flags, terminal.cwd);
  const interrupt = interruptSignal({ terminal, signal, meanwhile: 'keeping what was received' });
  try {
    const onProgress = downloadProgressLine(terminal);
    const files = await downloadDataset(name, { root, onProgress, signal: interrupt.signal });
    if (terminal.json) terminal.document({ name, files });
    for (const file of files) terminal.result(relative(terminal.cwd, file));
    return 0;
  } finally {
    interrupt.dispose();
  }
}
