import type { Locator, Page } from 'playwright';

/** The mouse of whoever drives the browser. */
interface Mouse {
  move(x: number, y: number, options: { steps: number }): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
}

/** Draws a 7 on the sheet, stroke by stroke with the mouse. */
export async function drawSeven(page: Page): Promise<void> {
  const canvas = page.getByLabel('Canvas to draw a digit on');
  await canvas.scrollIntoViewIfNeeded();
  await moveAlongSeven(page.mouse, (await canvas.boundingBox())!);
}

/** Draws a 7 into a box of the page, in CSS pixels. */
export async function moveAlongSeven(
  mouse: Mouse,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): Promise<void> {
  const move = (across: number, down: number): Promise<void> =>
    mouse.move(x + across * width, y + down * height, { steps: 8 });
  await move(0.28, 0.22);
  await mouse.down();
  await move(0.72, 0.22);
  await move(0.45, 0.82);
  await mouse.up();
}

/** What the network takes the drawing for: the first of its classes. */
export function decisionOf(page: Page): Locator {
  return page.locator('.probabilities [aria-current=true] span').first();
}
