import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAllPanels } from './all-panels.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

const axeSource = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

declare const axe: { run(context: string, options: RunOptions): Promise<AxeResults> };

/** What axe finds within a part of the page, a line each: the rule, and the elements that break it. */
async function violations(page: Page, part: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await readFile(axeSource, 'utf8'));
  const { violations } = await page.evaluate((within) => axe.run(within, { resultTypes: ['violations'] }), part);
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
  );
}

describe.skipIf(!hasChromium)('the page for everyone', () => {
  let chromium: OpenBrowser;

  beforeAll(async () => {
    chromium = await openBrowser();
  }, 120_000);
  afterAll(() => chromium?.close());

  test.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)(
    'axe finds nothing at %i pixels in %s, with every panel and every section open',
    async (width, colorScheme) => {
      const page = await chromium.open({ viewport: { width, height: 900 }, colorScheme });
      await untilReady(page);
      await page.getByRole('button', { name: 'Step' }).click();
      await expect.poll(() => reading(page, 'Step')).toBe(1);
      await openAllPanels(page);
      await page.getByRole('button', { name: 'Edit a copy' }).click();
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      await page.getByRole('button', { name: 'MNIST', exact: true }).click();
      expect(await violations(page, 'html')).toEqual([]);
      const tabs = page.getByRole('tab');
      for (let i = 0; i < (await tabs.count()); i++) {
        await tabs.nth(i).click();
        expect(await violations(page, '#at-inside')).toEqual([]);
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, 'nothing is wider than the page').toBeLessThanOrEqual(0);
      await page.context().close();
    },
    60_000,
  );

  test('a theme that is chosen stays, also after a reload', async () => {
    const page = await chromium.open({ colorScheme: 'light' });
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Switch to dark colours' }).click();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await ground()).toBe(dark);
    await page.getByRole('button', { name: 'Switch to light colours' }).waitFor();
    await page.context().close();
  });

  test('nothing jumps while the page comes', async () => {
    const page = await chromium.open({ viewport: { width: 1280, height: 900 } });
    await page.evaluate(() => {
      const seen = { shift: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await untilReady(page);
    await page.waitForTimeout(1000);
    expect(await page.evaluate(() => (window as Window & { seen?: { shift: number } }).seen?.shift)).toBeLessThan(0.02);
    await page.context().close();
  });

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
