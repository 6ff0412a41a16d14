import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

describe.skipIf(!hasChromium)('the page in Chromium', () => {
  let chromium: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    chromium = await openBrowser();
    page = await chromium.open();
    await untilReady(page);
  }, 120_000);

  afterAll(() => chromium?.close());

  test('it is cross-origin isolated, so that the engine has threads', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('it trains on the synthetic digits to a test accuracy of at least 90 %', async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => reading(page, 'Test accuracy'), { timeout: 90_000 }).toBeGreaterThanOrEqual(90);
  }, 120_000);

  test('a pause holds the step count', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    const before = await reading(page, 'Step');
    await page.waitForTimeout(1000);
    expect(await reading(page, 'Step')).toBe(before);
  });

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
