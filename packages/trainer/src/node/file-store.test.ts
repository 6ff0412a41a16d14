import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileStore, textFile } from '../node.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cnn-trainer-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was written is read back, replaced, listed and removed', async () => {
  const store = fileStore(join(folder, 'a', 'b'));
  expect(await store.list()).toEqual([]);
  expect(await store.read('x')).toBeUndefined();
  await store.write('x', Uint8Array.of(1, 2, 3));
  await store.write('x', Uint8Array.of(4));
  await store.write('y', new Uint8Array());
  expect(await store.read('x')).toEqual(Uint8Array.of(4));
  expect(await store.list()).toEqual(['x', 'y']);
  await store.remove('x');
  await store.remove('x');
  expect(await store.list()).toEqual(['y']);
});

test('a name that leads out of the folder is refused', async () => {
  const store = fileStore(folder);
  for (const name of ['../x', 'a/b', '', '..', 'a\\b']) {
    await expect(store.write(name, new Uint8Array())).rejects.toThrow(
      'fileStore: expected a file name without a folder',
    );
  }
});

test('a folder that cannot be written to is named, with what to do', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'text');
  const error = await fileStore(file)
    .write('x', new Uint8Array(1))
    .catch((thrown) => thrown);
  expect(error).toMatchObject({ name: 'CnnError', code: 'io' });
  expect(error.message).toContain(join(file, 'x'));
});

test('whoever is killed while writing leaves the old file or the new one', async () => {
  const module = new URL('./file-store.ts', import.meta.url).pathname;
  const script = `
    import { createViteServer } from 'vitest/node';
    const server = await createViteServer({ configFile: false, logLevel: 'silent', server: { middlewareMode: true }, appType: 'custom',
      resolve: { conditions: ['@cnn/source'] }, ssr: { resolve: { conditions: ['@cnn/source'] } } });
    const { fileStore } = await server.ssrLoadModule(${JSON.stringify(module)});
    const store = fileStore(${JSON.stringify(folder)});
    for (let value = 1; ; value = value % 255 + 1) {
      await store.write('x', new Uint8Array(1_000_000).fill(value));
      if (value === 3) process.stdout.write('writing');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: new URL('../..', import.meta.url),
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const bytes = (await fileStore(folder).read('x'))!;
  expect(bytes).toHaveLength(1_000_000);
  expect(new Set(bytes).size).toBe(1);
  expect(await fileStore(folder).list()).toEqual(['x']);
});

test('a text file is cut back to where it stood and goes on', async () => {
  const path = join(folder, 'logs', 'metrics.jsonl');
  const file = textFile(path);
  await file.open(0);
  await file.append('naïve\n');
  const size = await file.flush();
  await file.append('lost\n');
  await file.close();
  await file.open(size);
  await file.append('kept\n');
  expect(await file.flush()).toBe(12);
  await file.close();
  expect((await fileStore(join(folder, 'logs')).read('metrics.jsonl'))!.toString()).toBe(
    new TextEncoder().encode('naïve\nkept\n').toString(),
  );
});

test('a text file of a run that goes on in another place begins there', async () => {
  const path = join(folder, 'elsewhere', 'metrics.jsonl');
  const file = textFile(path);
  expect(await file.open(100)).toBe(0);
  await file.append('on\n');
  expect(await file.flush()).toBe(3);
  await file.close();
});

test('a text file that has lost what the checkpoint remembers is refused', async () => {
  const path = join(folder, 'metrics.jsonl');
  await writeFile(path, 'short');
  await expect(textFile(path).open(100)).rejects.toThrow(
    `${path}: expected the 100 bytes that were written before the checkpoint, received 5 bytes.`,
  );
  expect(await readdir(folder)).toEqual(['metrics.jsonl']);
});
