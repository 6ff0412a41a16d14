import { readFileSync } from 'node:fs';
import { cpuBackend, selectBackend } from '@cnn/core';
import { grads, mul, sum, tensor, tidy } from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { Scale } from './custom-layer-example.ts';

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

test('the layer of one’s own in the README trains', async () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('./custom-layer-example.ts')}\`\`\``);
  await selectBackend('cpu', [cpuBackend()]);
  const layer = new Scale();
  const gradient = tidy(() =>
    grads((factor) => sum(mul(factor, layer.forward(tensor([1, 2])))))([layer.factor.variable])[0]!.dataSync(),
  );
  expect(Array.from(gradient)).toEqual([6]);
  expect([...(await layer.stateDict()).keys()]).toEqual(['factor']);
  expect(layer.describe([4, 2])).toMatchObject({ kind: 'Scale', outputShape: [4, 2], parameterCount: 1 });
});

test('every public name of a value is in the README', () => {
  const readme = read('../README.md');
  const names = [...read('../src/index.ts').matchAll(/export \{([^}]*)\}/g)]
    .flatMap(([, list]) => (list ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
});
