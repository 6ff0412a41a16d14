import { mkdir, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const STAMP = join(dist, '.built-from');
const LOCK = join(root, 'node_modules/.build-lock');
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', '../../packages'].map((path) => join(root, path));

/** Builds the page unless `dist` is newer than all that it is made from. @returns The folder. */
export async function buildPage(): Promise<string> {
  await whileLocked(async () => {
    const newest = Math.max(...(await Promise.all(SOURCES.map(newestChange))));
    const built = await changedAt(STAMP);
    if (built >= newest) return;
    const begunAt = new Date();
    process.env.NODE_ENV = 'production'; // a test runner has its own, which builds another page
    await build({ root, logLevel: 'error' });
    await writeFile(STAMP, '');
    await utimes(STAMP, begunAt, begunAt);
  });
  return dist;
}

async function newestChange(path: string): Promise<number> {
  if (/(^|\/)(node_modules|dist|test|\.turbo|coverage)$/.test(path)) return 0;
  const info = await stat(path).catch(() => null);
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0;
  const entries = await readdir(path);
  return Math.max(0, ...(await Promise.all(entries.map((entry) => newestChange(join(path, entry))))));
}

async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? 0;
}

/** Test files run in processes of their own: one builds, the others wait. */
async function whileLocked(work: () => Promise<void>): Promise<void> {
  const STALE_MS = 120_000;
  for (;;) {
    try {
      await mkdir(LOCK);
      break;
    } catch {
      if (Date.now() - (await changedAt(LOCK)) > STALE_MS) await rm(LOCK, { recursive: true, force: true });
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    await work();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}
