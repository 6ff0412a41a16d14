import type { Page } from 'playwright';

/** Scrolls through the page until every panel is there, then back to its top. */
export async function openAllPanels(page: Page): Promise<void> {
  for (let tries = 0; (await page.locator('.placeholder').count()) > 0; tries++) {
    if (tries === 200) throw new Error('A panel does not come.');
    await page.evaluate(() => document.querySelector('.placeholder')?.scrollIntoView());
    await page.waitForTimeout(50);
  }
  await page.evaluate(() => scrollTo(0, 0));
}
