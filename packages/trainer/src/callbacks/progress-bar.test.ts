import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { earlyStopping } from './early-stopping.ts';
import { progressBar, type TextStream } from './progress-bar.ts';

interface Screen extends TextStream {
  readonly parts: string[];
}

const text = (isTTY: boolean, columns = 70): Screen => {
  const parts: string[] = [];
  return { parts, write: (part) => parts.push(part), isTTY, columns };
};

test('elsewhere than on a terminal, a line an epoch and the notices', async () => {
  const stream = text(false);
  await tinyFit({ epochs: 2, callbacks: [progressBar({ stream }), earlyStopping()] });
  expect(stream.parts).toHaveLength(3);
  expect(stream.parts[0]).toMatch(/^epoch 1\/2 {2}loss .* s\n$/);
  expect(stream.parts[2]).toMatch(/^early stopping: restored the weights of epoch 2 \(train\.loss .*\)\n$/);
});

test.each([
  { columns: 100, shows: /^epoch 3\/3 {2}━+─* {2}\d\/5 {2}loss .* images\/s {2}.* left$/ },
  { columns: 56, shows: /^epoch 3\/3 {2}━+─* {2}\d\/5 {2}\S+ images\/s {2}.* left$/ },
  { columns: 40, shows: /^epoch 3\/3 {2}\d\/5 {2}\S+ images\/s {2}/ },
])('on a terminal of $columns columns, a bar as far as there is room, gone at the end', async ({ columns, shows }) => {
  const stream = text(true, columns);
  const slow = { name: 'slow', onStepEnd: () => new Promise<void>((resolve) => setTimeout(resolve, 101)) };
  await tinyFit({ epochs: 3, logEverySteps: 1, callbacks: [slow, progressBar({ stream })] });
  const bars = stream.parts.map((part) => part.replace('\r\u001b[2K', '')).filter((part) => / images\/s/.test(part));
  for (const bar of bars) expect(bar.length).toBeLessThan(columns);
  expect(bars.at(-1)).toMatch(shows);
  expect(stream.parts.at(-1)).toBe('\r\u001b[2K');
});
