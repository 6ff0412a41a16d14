import { expect, test } from 'vitest';
import { reading, untilReady } from './open-page.ts';
import { button, setting, untilPaused } from './run-bar.ts';
import { wholeStory } from './whole-story.ts';

const story = {
  title: 'training in the page',
  backend: 'simd',
  patienceMs: 90_000,
  learningRate: '0.0001',
} as const;

wholeStory(story, (scene) => {
  test('it is cross-origin isolated, so that the engine has threads', async () => {
    expect(await scene.page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test('a batch size and an augmentation change while it trains, without a new run', async () => {
    const { page } = scene;
    await button(page, 'Play').click();
    await setting(page, 'Batch size', '128');
    await page.getByLabel('turn').check();
    const before = await reading(page, 'Step');
    await expect.poll(() => reading(page, 'Step'), { timeout: 20_000 }).toBeGreaterThan(before + 60);
    await button(page, 'Pause').click();
    await untilPaused(page);
    expect(await page.getByRole('alert').allTextContents()).toEqual([]);
  }, 40_000);

  test('a tab that crashes in mid-training opens where it was last kept, with its history', async () => {
    const { page, chromium } = scene;
    const from = await reading(page, 'Step');
    await button(page, 'Play').click();
    await page.waitForTimeout(5500); // a checkpoint every four seconds
    const before = await reading(page, 'Step');
    const context = page.context();
    const crashed = page.waitForEvent('crash');
    const devTools = await context.newCDPSession(page);
    devTools.send('Page.crash').catch(() => undefined); // it never answers
    await crashed;
    await page.close();
    scene.page = await chromium.reopen(context);
    await untilReady(scene.page);
    const after = await reading(scene.page, 'Step');
    console.log(`crashed at step ${before}, opened at ${after}`);
    expect(after).toBeGreaterThan(from);
    expect(after).toBeLessThanOrEqual(before + 50);
    expect(await reading(scene.page, 'Test accuracy')).toBeGreaterThan(90);
    expect(await scene.page.getByRole('alert').allTextContents()).toEqual([]);
  }, 40_000);

  test('a reload right after a change goes on with the run: the address lags behind it', async () => {
    const { page } = scene;
    const step = await reading(page, 'Step');
    expect(step).toBeGreaterThan(0);
    await setting(page, 'Learning rate', '0.0007');
    await page.waitForTimeout(1000); // the address has it
    await setting(page, 'Learning rate', '0.0008');
    await page.waitForTimeout(100); // the run has it, and the address has not
    await page.reload();
    await untilReady(page);
    await expect.poll(() => reading(page, 'Step')).toBe(step);
  }, 40_000);

  test('one epoch ends with the epoch; a run that is done can be made longer', async () => {
    const { page } = scene;
    await setting(page, 'Epochs', '1');
    await setting(page, 'Seed', '3'); // a new run
    await expect.poll(() => reading(page, 'Step')).toBe(0);
    await untilReady(page);
    await button(page, 'Epoch').click();
    await button(page, 'Train longer').waitFor({ timeout: 30_000 });
    const step = await reading(page, 'Step');
    expect(await reading(page, 'Epoch')).toBe(1);
    await button(page, 'Train longer').click();
    await expect.poll(() => reading(page, 'Step'), { timeout: 20_000 }).toBeGreaterThan(step);
    expect(await page.getByLabel('Epochs').inputValue()).toBe('11');
    await button(page, 'Pause').click();
    await untilPaused(page);
  }, 60_000);

  test('the run before stays as a curve, named by what was different', async () => {
    const { page } = scene;
    await page.locator('#at-learning').scrollIntoViewIfNeeded();
    expect(await page.getByLabel('Earlier runs').textContent()).toMatch(/Run 1: seed 0/);
  });

  test('a learning rate that is no number is refused in words', async () => {
    const { page } = scene;
    await page.getByText('Settings', { exact: true }).scrollIntoViewIfNeeded();
    await setting(page, 'Learning rate', 'much');
    await page.getByText('a number of at least 1e-7').waitFor();
    await setting(page, 'Learning rate', '0.001');
  });

  test('a network that diverges says so, and can be tried again', async () => {
    const { page } = scene;
    await setting(page, 'Learning rate', '1e30');
    await button(page, 'Play').click();
    await page.getByRole('alert').filter({ hasText: 'The training stopped' }).waitFor({ timeout: 20_000 });
    await setting(page, 'Learning rate', '0.001');
    await button(page, 'Try again').click();
    await button(page, 'Pause').waitFor({ timeout: 20_000 });
    await button(page, 'Pause').click();
    await untilPaused(page);
  }, 60_000);

  test('each backend is probed and timed on real steps, when one asks', async () => {
    const { page } = scene;
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

  test('nothing else went wrong on the way', () => {
    expect(scene.chromium.problems).toEqual([]);
  });
});
