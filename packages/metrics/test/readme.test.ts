import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example in the README that runs and prints what the README says', async () => {
  const readme = textOf('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${textOf('./readme-example.ts')}\`\`\``);

  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...values) => void printed.push(values.map(shown).join(' ')));
  vi.spyOn(console, 'table').mockImplementation(() => undefined);
  await import('./readme-example.ts');
  vi.restoreAllMocks();
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
