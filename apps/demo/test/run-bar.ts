import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import { reading } from './open-page.ts';

/** A button by its whole name. */
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

/** Waits until nothing is trained: a pause takes effect after the step under way. */
export const untilPaused = (page: Page): Promise<void> =>
  page.locator('.run-bar[aria-busy=false] .primary:text-matches("Play|Train longer")').waitFor();

/** Changes a setting of the run bar. */
export async function setting(page: Page, name: string, value: string): Promise<void> {
  if (!(await page.getByLabel(name).isVisible())) await page.getByText('Settings', { exact: true }).click();
  await page.getByLabel(name).fill(value);
  await page.getByLabel(name).press('Enter');
}

/** Trains until at least so many steps are done, and pauses. @returns The step at which it stands then. */
export async function trainPast(page: Page, count: number, { timeout = 60_000 } = {}): Promise<number> {
  await button(page, 'Play').click();
  await expect
    .poll(() => reading(page, 'Step'), { timeout })
    .toBeGreaterThanOrEqual(count)
    .catch(async (error: Error) => {
      const [bar, notices] = [page.locator('.run-bar'), page.getByRole('alert')];
      error.message += `\nThe run bar: ${await bar.textContent()}\nNotices: ${await notices.allTextContents()}`;
      throw error;
    });
  await button(page, 'Pause').click();
  await untilPaused(page);
  return reading(page, 'Step');
}
