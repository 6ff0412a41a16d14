import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

it("the repository's README trains the network that it shows", async () => {
  const [, code] = /```ts\n([\s\S]*?)```/.exec(readme)!;
  // In the package, so that its imports are found.
  const folder = mkdtempSync(join(fileURLToPath(new URL('.', import.meta.url)), '.readme-'));
  const said: unknown[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...parts) => void said.push(...parts));
  try {
    writeFileSync(join(folder, 'example.ts'), code!);
    await import(join(folder, 'example.ts'));
  } finally {
    spy.mockRestore();
    rmSync(folder, { recursive: true });
  }
  expect(said.slice(-2)).toEqual(['completed', expect.any(Number)]);
  expect(said.at(-1)).toBeGreaterThan(0.9);
});
