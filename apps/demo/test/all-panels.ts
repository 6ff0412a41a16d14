import type { Page } from 'playwright';

/** Scrolls through the page until every panel is there, then back to its top. */
export async function openAllPanels(page: Page): Promise<void> {
  while ((await page.locator('.placeholder').count()) > 0) {
    await page.evaluate(() => document.querySelector('.placeholder')?.scrollIntoView());
    await page.waitForTimeout(50);
  }
  await page.evaluate(() => scrollTo(0, 0));
}
