import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const root = fileURLToPath(new URL('..', import.meta.url));
const present = existsSync(CHROMIUM);
if (!present) console.log(`Skipped: no Chromium at ${CHROMIUM}. Set CHROMIUM_PATH to have the page tried in it.`);

describe.skipIf(!present)('the page in Chromium', () => {
  let server: PreviewServer;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    await build({ root, logLevel: 'error' });
    server = await preview({ root, logLevel: 'error', preview: { port: 0 } });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(server.resolvedUrls?.local[0] ?? '');
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('it is cross-origin isolated, so that the engine has threads', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('it trains on the synthetic digits to a test accuracy of at least 90 %', async () => {
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByLabel('Learning rate').selectOption('0.003');
    const accuracy = page.locator('dt:text("Test accuracy") + dd');
    await expect
      .poll(async () => Number.parseFloat((await accuracy.textContent()) ?? ''), { timeout: 90_000, interval: 500 })
      .toBeGreaterThanOrEqual(90);
  }, 120_000);

  test('a pause holds the step count', async () => {
    const button = page.getByRole('button', { name: /Pause|Play/ });
    if ((await button.textContent()) === 'Pause') await button.click();
    const step = page.locator('dt:text-is("Step") + dd');
    await page.waitForTimeout(500);
    const before = await step.textContent();
    await page.waitForTimeout(1000);
    expect(await step.textContent()).toBe(before);
  });

  test('a 7 drawn with the pointer is read as a 7', async () => {
    const canvas = page.getByLabel('Canvas to draw a digit on');
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    const move = (x: number, y: number): Promise<void> =>
      page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 8 });
    await move(0.28, 0.22);
    await page.mouse.down();
    await move(0.72, 0.22);
    await move(0.45, 0.82);
    await page.mouse.up();
    await expect.poll(() => page.locator('[aria-current=true] span').first().textContent()).toBe('7');
  });

  test('nothing went wrong on the way', () => {
    expect(problems).toEqual([]);
  });
});
