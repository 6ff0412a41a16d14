import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';
import { button, setting, untilPaused } from './run-bar.ts';

/** A page on which a new run takes its time: there are many images to draw. */
const SLOW = `#c=${encodeURIComponent('{ seed: 4, model: lenet5, data: { name: synthetic-digits, trainCount: 9000 } }')}`;

describe.skipIf(!hasChromium)('no click is lost', () => {
  let chromium: OpenBrowser;
  beforeAll(async () => {
    chromium = await openBrowser();
  }, 120_000);
  afterAll(() => chromium?.close());

  const trains = (page: Page): Promise<void> =>
    expect.poll(() => reading(page, 'Step'), { timeout: 30_000 }).toBeGreaterThan(3);

  /** Presses down on a button, which ends the typing in a field, and lets go when the run of that is being opened. */
  async function clickWhileItOpens(page: Page, name: string): Promise<void> {
    await button(page, name).hover();
    await page.mouse.down();
    await page.locator('.run-bar[aria-busy=true]').waitFor();
    await page.mouse.up();
    expect(await page.locator('.run-bar').getAttribute('aria-busy')).toBe('true'); // or this test shows nothing
  }

  test('Play right after the page is there trains as soon as there is a run', async () => {
    const page = await chromium.open({ hash: SLOW });
    await button(page, 'Play').click();
    await trains(page);
    await page.context().close();
  }, 60_000);

  test('Pause before there is a run takes Play back', async () => {
    const page = await chromium.open({ hash: SLOW });
    await button(page, 'Play').click();
    await button(page, 'Pause').click();
    await untilReady(page);
    await page.waitForTimeout(300);
    expect(await reading(page, 'Step')).toBe(0);
    await page.context().close();
  }, 60_000);

  test('a change made before there is a run is made in that run', async () => {
    const page = await chromium.open({ hash: SLOW });
    await setting(page, 'Learning rate', '0.004');
    await untilReady(page);
    await expect.poll(() => page.getByLabel('Seed').inputValue()).toBe('4');
    expect(await page.getByLabel('Learning rate').inputValue()).toBe('0.004');
    await page.context().close();
  }, 60_000);

  test('Play on the way out of a field trains the run of what was typed', async () => {
    const page = await chromium.open({ hash: SLOW });
    await untilReady(page);
    await page.getByText('Settings', { exact: true }).click();
    await page.getByLabel('Seed').fill('7');
    await clickWhileItOpens(page, 'Play');
    await trains(page);
    expect(await page.getByLabel('Seed').inputValue()).toBe('7');
    await page.context().close();
  }, 60_000);

  test('Pause on the way out of a field does not train the run of what was typed', async () => {
    const page = await chromium.open({ hash: SLOW });
    await page.getByText('Settings', { exact: true }).click();
    await button(page, 'Play').click();
    await trains(page);
    await page.getByLabel('Seed').fill('7');
    await clickWhileItOpens(page, 'Pause');
    await untilReady(page);
    await page.waitForTimeout(300);
    expect(await reading(page, 'Step')).toBe(0);
    await untilPaused(page);
    await page.context().close();
  }, 60_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
