import { verifyDataset } from '@cnn/datasets/node';
import { EXIT_CODES } from '../exit-code.ts';
import type { CommandContext, Flags } from '../program.ts';
import { formatTable } from '../terminal/format-table.ts';
import { dataRoot } from './data-info.ts';

/** `cnn-cli data verify`: compares the files with their checksums; exit code 1 when one is damaged or missing. */
export async function dataVerifyCommand(name: string, flags: Flags, { terminal }: CommandContext): Promise<number> {
  const verdicts = await verifyDataset(name, { root: dataRoot(flags, terminal.cwd) });
  const bad = verdicts.filter(({ status }) => status === 'damaged' || status === 'missing');
  if (terminal.json) terminal.document({ name, ok: bad.length === 0, files: verdicts });
  else {
    const columns = [{ title: 'Verdict' }, { title: 'File' }, { title: 'Why' }] as const;
    const rows = verdicts.map(({ status, file, path, detail }) => [status, path ?? file, detail]);
    for (const line of formatTable(columns, rows)) terminal.result(line);
  }
  return bad.length === 0 ? EXIT_CODES.done : EXIT_CODES.failed;
}
