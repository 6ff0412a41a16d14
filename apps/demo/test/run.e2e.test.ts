import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

describe.skipIf(!hasChromium)('training in the page', () => {
  let chromium: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    chromium = await openBrowser();
    page = await chromium.open();
    await untilReady(page);
  }, 120_000);

  afterAll(() => chromium?.close());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const untilPaused = (): Promise<void> =>
    page.locator('.run-bar .primary:text-matches("Play|Train longer")').waitFor();
  const setting = async (name: string, value: string): Promise<void> => {
    if (!(await page.getByLabel(name).isVisible())) await page.getByText('Settings', { exact: true }).click();
    await page.getByLabel(name).fill(value);
    await page.getByLabel(name).press('Enter');
  };

  test('it is cross-origin isolated, so that the engine has threads', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('it reads 95 % of synthetic digits that it never saw', async () => {
    const begunAt = performance.now();
    await button('Play').click();
    await expect.poll(() => reading(page, 'Test accuracy'), { timeout: 90_000 }).toBeGreaterThanOrEqual(95);
    const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
    console.log(`95 % of the test digits after ${seconds} s, ${await reading(page, 'Step')} steps`);
  }, 120_000);

  test('the learning rate changes while it trains', async () => {
    await setting('Learning rate', '0.0001');
    const before = await reading(page, 'Step');
    await expect.poll(() => reading(page, 'Step')).toBeGreaterThan(before + 5);
    expect(await page.getByLabel('Learning rate').inputValue()).toBe('0.0001');
    expect(await button('Pause').count()).toBe(1); // the same run goes on
  });

  test('a batch size and an augmentation change while it trains, without a new run', async () => {
    await setting('Batch size', '128');
    await page.getByLabel('turn').check();
    const before = await reading(page, 'Step');
    await expect.poll(() => reading(page, 'Step'), { timeout: 20_000 }).toBeGreaterThan(before + 60);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  }, 40_000);

  test('a pause holds the step count, and a reload goes on from the same step', async () => {
    await button('Pause').click();
    await untilPaused();
    const step = await reading(page, 'Step');
    await page.waitForTimeout(500);
    expect(await reading(page, 'Step')).toBe(step);
    await page.reload();
    await untilReady(page);
    expect(await reading(page, 'Step')).toBe(step);
    expect(await reading(page, 'Test accuracy')).toBeGreaterThan(90);
    await page.getByText('Settings', { exact: true }).click();
    expect(await page.getByLabel('Learning rate').inputValue()).toBe('0.0001');
    await button('Step').click();
    await expect.poll(() => reading(page, 'Step')).toBe(step + 1);
  }, 40_000);

  test('a tab that crashes in mid-training opens where it was last kept, with its history', async () => {
    const from = await reading(page, 'Step');
    await button('Play').click();
    await page.waitForTimeout(5500); // a checkpoint every four seconds
    const before = await reading(page, 'Step');
    const context = page.context();
    const crashed = page.waitForEvent('crash');
    const devTools = await context.newCDPSession(page);
    devTools.send('Page.crash').catch(() => undefined); // it never answers
    await crashed;
    await page.close();
    page = await chromium.reopen(context);
    await untilReady(page);
    const after = await reading(page, 'Step');
    console.log(`crashed at step ${before}, opened at ${after}`);
    expect(after).toBeGreaterThan(from);
    expect(after).toBeLessThanOrEqual(before + 50);
    expect(await reading(page, 'Test accuracy')).toBeGreaterThan(90);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  }, 40_000);

  test('one epoch ends with the epoch; a run that is done can be made longer', async () => {
    await setting('Epochs', '1');
    await setting('Seed', '3'); // a new run
    await expect.poll(() => reading(page, 'Step')).toBe(0);
    await untilReady(page);
    await button('Epoch').click();
    await button('Train longer').waitFor({ timeout: 30_000 });
    const step = await reading(page, 'Step');
    expect(await reading(page, 'Epoch')).toBe(1);
    await button('Train longer').click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 20_000 }).toBeGreaterThan(step);
    expect(await page.getByLabel('Epochs').inputValue()).toBe('11');
    await button('Pause').click();
    await untilPaused();
  }, 60_000);

  test('the run before stays as a curve, named by what was different', async () => {
    await page.locator('#at-learning').scrollIntoViewIfNeeded();
    expect(await page.getByLabel('Earlier runs').textContent()).toMatch(/Run 1: seed 0/);
  });

  test('a learning rate that is no number is refused in words', async () => {
    await page.getByText('Settings', { exact: true }).scrollIntoViewIfNeeded();
    await setting('Learning rate', 'much');
    await page.getByText('a number of at least 1e-7').waitFor();
    await setting('Learning rate', '0.001');
  });

  test('a network that diverges says so, and can be tried again', async () => {
    await setting('Learning rate', '1e30');
    await button('Play').click();
    await page.getByRole('alert').filter({ hasText: 'The training stopped' }).waitFor({ timeout: 20_000 });
    await setting('Learning rate', '0.001');
    await button('Try again').click();
    await button('Pause').waitFor({ timeout: 20_000 });
    await button('Pause').click();
    await untilPaused();
  }, 60_000);

  test('each backend is probed and timed on real steps, when one asks', async () => {
    await page.locator('.badge').click();
    await page.getByRole('button', { name: 'Measure them all' }).click();
    await page.getByRole('button', { name: 'Measure them all' }).waitFor({ timeout: 60_000 });
    const row = (name: string) =>
      page.locator('.backend-details tbody tr').filter({ has: page.getByRole('rowheader', { name }) });
    const [simd, cpu] = await Promise.all(
      ['simd', 'cpu'].map(async (name) => Number(await row(name).locator('td').nth(1).textContent())),
    );
    console.log(`ms per step: simd ${simd}, cpu ${cpu}`);
    expect(simd).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(5 * (simd ?? 0));
    expect(await row('webgpu').textContent()).toMatch(/refused|passed/);
    await page.getByRole('button', { name: 'Close' }).click();
  }, 90_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
