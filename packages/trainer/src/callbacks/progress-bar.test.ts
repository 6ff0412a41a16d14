import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { earlyStopping } from './early-stopping.ts';
import { progressBar } from './progress-bar.ts';

const text = (isTTY: boolean): { parts: string[]; write: (part: string) => void; isTTY: boolean; columns: number } => {
  const parts: string[] = [];
  return { parts, write: (part) => parts.push(part), isTTY, columns: 70 };
};

test('elsewhere than on a terminal, a line an epoch and the notices', async () => {
  const stream = text(false);
  await tinyFit({ epochs: 2, callbacks: [progressBar({ stream }), earlyStopping()] });
  expect(stream.parts).toHaveLength(3);
  expect(stream.parts[0]).toMatch(/^epoch 1\/2 {2}loss .* s\n$/);
  expect(stream.parts[2]).toMatch(/^early stopping: restored the weights of epoch 2 \(train\.loss .*\)\n$/);
});

test('on a terminal, a bar with rate and time left that is no wider than the terminal and is gone at the end', async () => {
  const stream = text(true);
  await tinyFit({ epochs: 3, logEverySteps: 1, callbacks: [progressBar({ stream })] });
  const bars = stream.parts.filter((part) => part.includes('━') || part.includes('─'));
  expect(bars.length).toBeGreaterThan(0);
  for (const bar of bars) expect(bar.replace('\r\u001b[2K', '').length).toBeLessThan(70);
  expect(stream.parts.at(-1)).toBe('\r\u001b[2K');
});
