import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

test('the example of the README runs and prints what it says', async () => {
  const readme = read('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${read('./readme-example.ts')}\`\`\``);
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => printed.push(line));
  try {
    await import('./readme-example.ts');
  } finally {
    log.mockRestore();
  }
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});

test('every public name is in the README', () => {
  const readme = read('../README.md');
  const names = [...read('../src/index.ts').matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, list]) => (list ?? '').split(','))
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '');
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
});
