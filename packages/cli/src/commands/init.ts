import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CnnError, nearestName } from '@cnn/core';
import { STARTER_DATA, starterFiles } from '../init/starter-files.ts';
import type { CommandContext, Flags } from '../program.ts';
import { makeFolder } from '../run-folder/make-folder.ts';
import { writeFileAtomic } from '../run-folder/write-file-atomic.ts';

/** `cnn-cli init`: a starter project, with a network and a callback of its own. It overwrites nothing. */
export async function initCommand(
  folder: string | undefined,
  flags: Flags,
  { terminal }: CommandContext,
): Promise<number> {
  const root = resolve(terminal.cwd, folder ?? '.');
  const files = starterFiles(knownData(String(flags.data)));
  const present = Object.keys(files).filter((name) => existsSync(join(root, name)));
  if (present.length > 0) {
    throw new CnnError('already-exists', {
      where: root,
      expected: 'a folder without these files',
      received: present.join(', '),
      remedy: 'Choose another folder: cnn-cli init my-network',
    });
  }
  await makeFolder(root);
  for (const [name, content] of Object.entries(files)) await writeFileAtomic(join(root, name), content);
  const place = relative(terminal.cwd, root);
  if (terminal.json) terminal.document({ folder: root, files: Object.keys(files) });
  for (const name of Object.keys(files)) terminal.result(join(place, name));
  terminal.result();
  terminal.result('Next:');
  if (place !== '') terminal.result(`  cd ${place}`);
  terminal.result('  npx cnn-cli run config.yaml');
  return 0;
}

function knownData(name: string): string {
  const names = Object.keys(STARTER_DATA);
  if (names.includes(name)) return name;
  throw new CnnError('invalid-argument', {
    where: '--data',
    expected: names.map((known) => `${known} (${STARTER_DATA[known]!.title})`).join(', '),
    received: name,
    remedy: `Write ${nearestName(name, names)}`,
  });
}
