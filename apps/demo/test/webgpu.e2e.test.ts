import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, SWIFTSHADER, untilReady } from './open-page.ts';

/** Small enough for a graphics card that is a program. */
const TINY = `
name: tiny
backend: webgpu
data: { name: synthetic-digits, trainCount: 32, testCount: 16, batchSize: 8, evalBatchSize: 16 }
model: { name: sequential, layers: [{ name: conv2d, outChannels: 2, kernelSize: 5, stride: 3 }, relu, flatten, { name: linear, outFeatures: 10 }] }
trainer: { epochs: 50, logEverySteps: 1 }
metrics: [accuracy]
callbacks: []`;

describe.skipIf(!hasChromium)('WebGPU, on SwiftShader', () => {
  let chromium: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    chromium = await openBrowser({ args: SWIFTSHADER });
    page = await chromium.open({ hash: `#c=${encodeURIComponent(TINY)}` });
    await untilReady(page);
  }, 120_000);

  afterAll(() => chromium?.close());

  test('a link that names it runs on it, and an epoch is trained', async () => {
    expect(await page.locator('.badge').textContent()).toContain('webgpu');
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 60_000 }).toBe(4);
    await expect.poll(() => reading(page, 'Test accuracy'), { timeout: 30_000 }).toBeGreaterThanOrEqual(0);
  }, 120_000);

  test('a graphics card that is lost in mid-training costs nothing: the run goes on on simd', async () => {
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 60_000 }).toBeGreaterThan(5);
    await page.waitForTimeout(2500); // it is kept after a second
    const devTools = await chromium.browser.newBrowserCDPSession();
    await devTools.send('Browser.crashGpuProcess');
    await page
      .getByRole('status')
      .filter({ hasText: /webgpu was lost.*goes on on simd from step [1-9]/s })
      .waitFor({ timeout: 30_000 });
    await expect.poll(() => page.locator('.badge').textContent()).toContain('simd');
    const step = await reading(page, 'Step');
    expect(step).toBeGreaterThanOrEqual(4);
    await expect.poll(() => reading(page, 'Step'), { timeout: 30_000 }).toBeGreaterThan(step + 10);
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
  }, 120_000);
});
