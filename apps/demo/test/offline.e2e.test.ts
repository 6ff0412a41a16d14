import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

describe.skipIf(!hasChromium)('a page that is kept on the machine', () => {
  let chromium: OpenBrowser;

  beforeAll(async () => {
    chromium = await openBrowser({ isolated: false });
  }, 120_000);

  afterAll(() => chromium?.close());

  /** A first visit, after the page has loaded itself again. What a test evaluates counts as a touch, so it waits first. */
  async function openIsolated(onRequest: (url: string) => void = () => undefined): Promise<Page> {
    const context = await chromium.browser.newContext();
    context.on('request', (request) => onRequest(request.url()));
    const page = await chromium.reopen(context);
    await page.waitForEvent('framenavigated', { timeout: 20_000 });
    await page.waitForLoadState('load');
    return page;
  }

  test('on a host without headers it loads itself again, once, and has threads', async () => {
    const foreign: string[] = [];
    const page = await openIsolated((url) => {
      if (!/^(http:\/\/127\.0\.0\.1|blob:|data:)/.test(url)) foreign.push(url);
    });
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await untilReady(page);
    await page.locator('.badge').click();
    expect(await page.locator('.backend-details').textContent()).toMatch(
      /simd computes with .*one is left to the page/,
    );
    expect(foreign).toEqual([]);
  }, 60_000);

  test('after the first visit it works without a network: opens, trains, and every panel comes', async () => {
    const page = await openIsolated();
    await page.context().setOffline(true);
    await page.reload();
    await untilReady(page);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => reading(page, 'Step')).toBe(1);
    for (const place of await page.locator('.cell').all()) await place.scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('.placeholder').count()).toBe(0);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
