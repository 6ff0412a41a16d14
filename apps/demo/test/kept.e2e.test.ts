import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

const SMALL = `
data: { name: synthetic-digits, trainCount: 640, testCount: 50, batchSize: 32, evalBatchSize: 50 }
model: tiny-cnn
trainer: { epochs: 30, logEverySteps: 1 }
metrics: [accuracy]
callbacks: []`;

describe.skipIf(!hasChromium)('what a page keeps for the next visit', () => {
  let chromium: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    chromium = await openBrowser();
    page = await chromium.open({ hash: `#c=${encodeURIComponent(SMALL)}` });
    await untilReady(page);
  }, 120_000);

  afterAll(() => chromium?.close());

  const runs = (): Locator => page.getByRole('list', { name: 'Earlier runs' }).getByRole('listitem');
  const epoch = async (count: number): Promise<void> => {
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await expect.poll(() => reading(page, 'Epoch')).toBe(count);
    await page.locator('.run-bar .primary:text("Play")').waitFor();
  };
  const weights = (): Promise<string> =>
    page.getByLabel('Weights of conv1').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  /** Number of moments on the slider. */
  const moments = async (): Promise<number> => {
    await page.locator('#at-inside').scrollIntoViewIfNeeded();
    const slider = page.locator('.time-slider input');
    await expect.poll(() => slider.isEnabled()).toBe(true);
    return Number(await slider.getAttribute('max')) + 1;
  };
  const lookBack = async (): Promise<string> => {
    await page.locator('.time-slider input').focus();
    await page.keyboard.press('Home');
    await page.getByText('after step 0', { exact: true }).waitFor();
    await expect.poll(weights).not.toBe(await weightsNow());
    return weights();
  };
  const weightsNow = (): Promise<string> => page.evaluate(() => Reflect.get(window, 'weightsNow') as string);
  const noteWeights = async (): Promise<void> => {
    await page.getByLabel('Weights of conv1').scrollIntoViewIfNeeded();
    await page.waitForTimeout(500); // drawn
    const now = await weights();
    await page.evaluate((text) => Reflect.set(window, 'weightsNow', text), now);
  };

  test('a reloaded tab goes on with the weights that its network had since the first step', async () => {
    await epoch(1);
    const before = await moments();
    expect(before).toBeGreaterThan(12);
    await noteWeights();
    const first = await lookBack();
    await page.getByRole('button', { name: 'Live' }).click();
    await page.reload();
    await untilReady(page);
    expect(await moments()).toBe(before);
    await noteWeights();
    expect(await lookBack()).toBe(first);
    await page.getByRole('button', { name: 'Live' }).click();
    await epoch(2);
    await expect.poll(moments).toBeGreaterThan(before);
  }, 60_000);

  test('another run has a past of its own', async () => {
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => reading(page, 'Step')).toBe(0);
    await epoch(1);
    await expect.poll(moments).toBeLessThan(20);
  }, 60_000);

  test('the curves of runs before are there on the next visit, and can be removed for good', async () => {
    await page.locator('#at-learning').scrollIntoViewIfNeeded();
    await expect.poll(() => runs().allTextContents()).toEqual([expect.stringContaining('Run 1: as this one40 steps')]);
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => runs().count()).toBe(2);
    await runs().nth(0).getByRole('checkbox').uncheck();
    await page.waitForTimeout(500); // written
    await page.reload();
    await untilReady(page);
    await expect.poll(() => runs().count()).toBe(2);
    expect(await runs().nth(0).getByRole('checkbox').isChecked()).toBe(false);
    expect(await runs().nth(1).getByRole('checkbox').isChecked()).toBe(true);
    await epoch(1);
    await page.getByRole('button', { name: 'Reset' }).click(); // numbers go on where the last visit ended
    await expect.poll(() => runs().allTextContents()).toHaveLength(3);
    expect((await runs().allTextContents()).map((text) => text.slice(0, 6))).toEqual(['Run 1:', 'Run 2:', 'Run 3:']);
    await page.getByRole('button', { name: 'Remove run 2' }).click();
    await page.getByRole('button', { name: 'Remove all earlier runs' }).click();
    await expect.poll(() => runs().count()).toBe(0);
    await page.waitForTimeout(500);
    await page.reload();
    await untilReady(page);
    await page.locator('.learning .verdict').waitFor();
    expect(await runs().count()).toBe(0);
  }, 60_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
