import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Every module that `entry` loads, with what it imports from outside the package. */
function importsOf(entry: URL, found: Map<string, string[]> = new Map()): Map<string, string[]> {
  const path = fileURLToPath(entry);
  if (found.has(path)) return found;
  const specifiers = [...readFileSync(path, 'utf8').matchAll(/^(import|export)( type)?[^;]*?from '([^']+)';/gms)]
    .filter(([, , type]) => !type)
    .map(([, , , specifier]) => specifier!);
  found.set(
    path,
    specifiers.filter((specifier) => !specifier.startsWith('.')),
  );
  for (const specifier of specifiers) if (specifier.startsWith('.')) importsOf(new URL(specifier, entry), found);
  return found;
}

test.each(['config', 'experiment'])('@cnn/cli/%s loads nothing that needs Node', (name) => {
  const found = importsOf(new URL(`../src/${name}.ts`, import.meta.url));
  expect(found.size).toBeGreaterThan(10);
  const foreign = [...found].flatMap(([path, specifiers]) => specifiers.map((specifier) => `${specifier} in ${path}`));
  expect(foreign.filter((text) => /^node:|^@cnn\/[\w-]+\/node |^sucrase|^commander/.test(text))).toEqual([]);
  // A page would load three times as much of it.
  expect(foreign.filter((text) => text.startsWith('zod in'))).toEqual([]);
});
