import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';

const textOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

it('shows weights out, in and on in the README, as they run', async () => {
  const readme = textOf('../README.md');
  expect(readme).toContain(`\`\`\`ts\n${textOf('./bridge-example.ts')}\`\`\``);

  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((...values: string[]) => void printed.push(values.join(' ')));
  await import('./bridge-example.ts');
  vi.restoreAllMocks();
  expect(readme).toContain(`\`\`\`text\n${printed.join('\n')}\n\`\`\``);
});
