import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows an example in the README that runs and prints what the README says', async () => {
  const readme = textOf('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${textOf('./readme-example.ts')}\`\`\``);

  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...values: string[]) => void printed.push(values.join(' ')));
  await import('./readme-example.ts');
  vi.restoreAllMocks();
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});
