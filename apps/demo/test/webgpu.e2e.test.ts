import { expect, test } from 'vitest';
import { reading, SWIFTSHADER } from './open-page.ts';
import { button } from './run-bar.ts';
import { wholeStory } from './whole-story.ts';

/**
 * Small enough for a graphics card that is a program: images of half the size, one convolution. What it costs are the
 * images, not the steps: small batches and a high rate learn most from each.
 */
const TINY = `
name: tiny
backend: webgpu
data: { name: synthetic-digits, trainCount: 2400, testCount: 200, batchSize: 32, evalBatchSize: 200, transforms: [{ resize: { size: [14, 14] } }] }
model: { name: sequential, layers: [{ name: conv2d, outChannels: 16, kernelSize: 5, stride: 2 }, relu, flatten, { name: linear, outFeatures: 10 }] }
optimizer: { name: adam, lr: 0.02 }
trainer: { epochs: 50, logEverySteps: 1 }
metrics: [accuracy]
callbacks: []`;

const story = {
  title: 'WebGPU, on SwiftShader',
  backend: 'webgpu',
  yaml: TINY,
  args: SWIFTSHADER,
  patienceMs: 180_000,
  learningRate: '0.001',
} as const;

wholeStory(story, (scene) => {
  test('a graphics card that is lost in mid-training costs nothing: the run goes on on simd', async () => {
    const { page, chromium } = scene;
    const from = await reading(page, 'Step');
    await button(page, 'Play').click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 60_000 }).toBeGreaterThan(from + 5);
    await page.waitForTimeout(2500); // it is kept after a second
    const devTools = await chromium.browser.newBrowserCDPSession();
    await devTools.send('Browser.crashGpuProcess');
    await page
      .getByRole('status')
      .filter({ hasText: /webgpu was lost.*goes on on simd from step [1-9]/s })
      .waitFor({ timeout: 30_000 });
    await expect.poll(() => page.locator('.badge').textContent()).toContain('simd');
    const step = await reading(page, 'Step');
    expect(step).toBeGreaterThanOrEqual(from);
    await expect.poll(() => reading(page, 'Step'), { timeout: 30_000 }).toBeGreaterThan(step + 10);
    await button(page, 'Pause').click();
    expect(chromium.problems).toEqual([]);
  }, 120_000);
});
