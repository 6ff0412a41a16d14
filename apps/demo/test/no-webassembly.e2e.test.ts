import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

/** Few images and few weights: plain JavaScript has to do it, without a compiler. */
const TINY = `
data: { name: synthetic-digits, trainCount: 16, testCount: 10, batchSize: 8 }
model: { name: sequential, layers: [{ name: conv2d, outChannels: 2, kernelSize: 5, stride: 3 }, relu, flatten, { name: linear, outFeatures: 10 }] }
trainer: { epochs: 1, logEverySteps: 1 }
metrics: [accuracy]
callbacks: []`;

describe.skipIf(!hasChromium)('a browser without WebAssembly', () => {
  let chromium: OpenBrowser;

  beforeAll(async () => {
    chromium = await openBrowser({ args: ['--js-flags=--jitless', '--disable-gpu'] });
  }, 120_000);

  afterAll(() => chromium?.close());

  test('is told so, and trains in plain JavaScript', async () => {
    const page = await chromium.open({ hash: `#c=${encodeURIComponent(TINY)}` });
    expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
    await untilReady(page);
    const notice = page.getByRole('status').filter({ hasText: 'simd cannot be used here' });
    expect(await notice.textContent()).toMatch(/computes on (cpu|webgl)\. Expect far fewer images a second/);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 30_000 }).toBe(1);
    expect(chromium.problems).toEqual([]);
  }, 90_000);
});
