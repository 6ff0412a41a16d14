import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';

const textOf = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the example in the README runs and prints what the README says', async () => {
  const readme = textOf('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${textOf('./readme-example.ts')}\`\`\``);

  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(String(line)));
  await import('./readme-example.ts');
  log.mockRestore();
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});

test('every public name is in the README', () => {
  const readme = textOf('../README.md');
  const entries = textOf('../src/index.ts') + textOf('../src/node.ts');
  const names = [...entries.matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, list]) => (list ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
  expect(names.length).toBeGreaterThan(30);
  for (const name of names) expect(readme, `${name} is missing`).toContain(`\`${name}`);
});
