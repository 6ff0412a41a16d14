import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';

/** The losses that the page gives away as CSV, a line each: `step,loss` with every digit. */
export async function savedLosses(page: Page): Promise<string[]> {
  await page.locator('#at-learning').scrollIntoViewIfNeeded();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save the losses as CSV' }).click();
  const text = await readFile(await (await saving).path(), 'utf8');
  return text.trim().split('\n').slice(1);
}
