import type { Locator, Page } from 'playwright';

/** Draws a 7 on the sheet, stroke by stroke with the mouse. */
export async function drawSeven(page: Page): Promise<void> {
  const canvas = page.getByLabel('Canvas to draw a digit on');
  await canvas.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const move = (across: number, down: number): Promise<void> =>
    page.mouse.move(x + across * width, y + down * height, { steps: 8 });
  await move(0.28, 0.22);
  await page.mouse.down();
  await move(0.72, 0.22);
  await move(0.45, 0.82);
  await page.mouse.up();
}

/** What the network takes the drawing for: the first of its classes. */
export function decisionOf(page: Page): Locator {
  return page.locator('.probabilities [aria-current=true] span').first();
}
