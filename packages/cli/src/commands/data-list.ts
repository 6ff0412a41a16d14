import { CATALOGUE } from '@cnn/datasets';
import { formatCount } from '../terminal/format-number.ts';
import { formatTable } from '../terminal/format-table.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `cnn-cli data list`: every data set that can be opened by name. */
export async function dataListCommand({ terminal }: { terminal: Terminal }): Promise<number> {
  if (terminal.json) {
    terminal.document(
      CATALOGUE.map(({ name, title, counts, sampleShape, licence }) => ({ name, title, counts, sampleShape, licence })),
    );
    return 0;
  }
  const columns = [
    { title: 'Name' },
    { title: 'What it is', optional: true },
    { title: 'Training', align: 'right' },
    { title: 'Test', align: 'right' },
    { title: 'Image' },
    { title: 'Licence', optional: true },
  ] as const;
  const rows = CATALOGUE.map(({ name, title, counts, sampleShape: [height, width, channels], licence }) => [
    name,
    title,
    formatCount(counts.train),
    formatCount(counts.test),
    `${channels}x${height}x${width}`,
    licence,
  ]);
  for (const line of formatTable(columns, rows, { width: terminal.stdout.columns })) terminal.result(line);
  terminal.result();
  terminal.result('More about one: cnn-cli data info NAME');
  terminal.result('Your own images: data.name csv, idx or image-folder in a config');
  return 0;
}
