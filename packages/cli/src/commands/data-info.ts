import { resolve } from 'node:path';
import { catalogueEntry } from '@cnn/datasets';
import { verifyDataset } from '@cnn/datasets/node';
import type { CommandContext, Flags } from '../program.ts';
import { formatCount } from '../terminal/format-number.ts';

/** `cnn-cli data info`: what is known of a data set, and whether its files are here. */
export async function dataInfoCommand(name: string, flags: Flags, { terminal }: CommandContext): Promise<number> {
  const entry = catalogueEntry(name);
  const files = await verifyDataset(name, { root: dataRoot(flags, terminal.cwd) });
  if (terminal.json) {
    terminal.document({ ...entry, files });
    return 0;
  }
  const [height, width, channels] = entry.sampleShape;
  const facts: [string, string][] = [
    ['Images', `${formatCount(entry.counts.train)} for training, ${formatCount(entry.counts.test)} for the test`],
    ['Image', `${channels} x ${height} x ${width} (channels x height x width)`],
    ['Classes', `${entry.classNames.length}: ${entry.classNames.join(', ')}`],
    ['Normalize', `{ normalize: { mean: [${entry.mean.join(', ')}], std: [${entry.std.join(', ')}] } }`],
    ['Licence', entry.licence],
    ['Home', entry.homepage],
    ['Cite', entry.citation],
    ...files.map(({ file, path, status }): [string, string] => [
      'File',
      path ? `${path} (${status})` : `${file} (${status})`,
    ]),
  ];
  terminal.result(terminal.style('bold', `${entry.name}: ${entry.title}`, terminal.stdout));
  for (const [key, value] of facts) terminal.result(`  ${key.padEnd(10)} ${value}`);
  return 0;
}

/** The data folder that a command was given, absolute. */
export function dataRoot({ root }: Flags, cwd: string): string {
  return resolve(cwd, typeof root === 'string' ? root : './data');
}
