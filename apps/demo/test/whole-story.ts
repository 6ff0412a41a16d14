import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisionOf, drawSeven } from './drawn-seven.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';
import { button, setting, trainPast, untilPaused } from './run-bar.ts';
import { savedLosses } from './saved-losses.ts';

/** What a person does with the page, on one backend. */
export interface Story {
  readonly title: string;
  readonly backend: 'simd' | 'webgpu';
  /** A configuration to open by link; the page's first without. */
  readonly yaml?: string;
  /** Flags of Chromium. */
  readonly args?: readonly string[];
  /** How long reading 95 % right may take, in milliseconds. */
  readonly patienceMs: number;
  /** A learning rate to change to. */
  readonly learningRate: string;
}

/** Where a story has got to: for tests that go on from its end. */
export interface Scene {
  readonly chromium: OpenBrowser;
  page: Page;
}

/**
 * The whole story, the same on every backend: it opens, learns, is paused, reloaded and goes on, reads a drawing, is
 * shared, changes its learning rate, shows its mistakes, and works without a network. `more` are tests that go on there.
 */
export function wholeStory(story: Story, more: (scene: Scene) => void): void {
  const { backend, patienceMs } = story;
  const patience = { timeout: patienceMs };

  describe.skipIf(!hasChromium)(story.title, () => {
    const scene = {} as { chromium: OpenBrowser; page: Page };
    const runsOnIt = async (page = scene.page): Promise<void> => {
      expect(await page.locator('.badge').textContent()).toMatch(new RegExp(`^Runs on ${backend}( × \\d+)?$`));
    };

    beforeAll(async () => {
      scene.chromium = await openBrowser({ args: story.args ?? [] });
      const hash = story.yaml ? `#c=${encodeURIComponent(story.yaml)}` : '';
      scene.page = await scene.chromium.open({ hash, permissions: ['clipboard-read', 'clipboard-write'] });
      await untilReady(scene.page);
    }, 120_000);
    afterAll(() => scene.chromium?.close());

    test(`it opens on ${backend}`, async () => {
      await runsOnIt();
      expect(await reading(scene.page, 'Step')).toBe(0);
      await setting(scene.page, 'Epochs', '1000'); // it shall not end before the story
      await scene.page.getByText('Settings', { exact: true }).click();
    });

    test('it reads 95 % of synthetic digits that it never saw', async () => {
      const { page } = scene;
      const begunAt = performance.now();
      await button(page, 'Play').click();
      await expect.poll(() => reading(page, 'Test accuracy'), patience).toBeGreaterThanOrEqual(95);
      const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
      const [accuracy, step] = [await reading(page, 'Test accuracy'), await reading(page, 'Step')];
      console.log(`${backend}: ${accuracy} % of the test digits after ${seconds} s, ${step} steps`);
      await runsOnIt();
    }, 240_000);

    test('a pause holds the step count, and a reload goes on from the same step', async () => {
      const { page } = scene;
      await button(page, 'Pause').click();
      await untilPaused(page);
      const step = await reading(page, 'Step');
      await page.waitForTimeout(500);
      expect(await reading(page, 'Step')).toBe(step);
      await page.reload();
      await untilReady(page);
      await runsOnIt();
      expect(await reading(page, 'Step')).toBe(step);
      expect(await reading(page, 'Test accuracy')).toBeGreaterThanOrEqual(90);
      await button(page, 'Step').click();
      await expect.poll(() => reading(page, 'Step'), patience).toBe(step + 1);
      await runsOnIt();
    }, 60_000);

    test('a 7 that is drawn by pointer moves is read as a 7', async () => {
      const { page } = scene;
      await page.locator('#at-drawing').scrollIntoViewIfNeeded();
      await drawSeven(page);
      await expect.poll(() => decisionOf(page).textContent(), patience).toBe('7');
      await runsOnIt();
    }, 60_000);

    test('its link in a fresh profile gives the same first 20 losses', async () => {
      const { page, chromium } = scene;
      const losses = (await savedLosses(page)).slice(0, 20);
      expect(losses).toHaveLength(20);
      await page.locator('#at-share').scrollIntoViewIfNeeded();
      await button(page, 'Copy link').click();
      await button(page, 'Copied').waitFor();
      const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
      const other = await chromium.open({ hash: link.hash });
      await untilReady(other);
      await runsOnIt(other);
      expect(await reading(other, 'Step')).toBe(0);
      await trainPast(other, 20, patience);
      await runsOnIt(other);
      expect((await savedLosses(other)).slice(0, 20)).toEqual(losses);
      await other.context().close();
    }, 120_000);

    test('the learning rate changes while it trains', async () => {
      const { page } = scene;
      await button(page, 'Play').click();
      await setting(page, 'Learning rate', story.learningRate);
      const before = await reading(page, 'Step');
      await expect.poll(() => reading(page, 'Step'), patience).toBeGreaterThan(before + 5);
      expect(await page.getByLabel('Learning rate').inputValue()).toBe(story.learningRate);
      expect(await button(page, 'Pause').count()).toBe(1); // the same run goes on
      await runsOnIt();
    }, 60_000);

    test('a cell of the confusion matrix opens its images', async () => {
      const { page } = scene;
      const mistakes = page.locator('#at-mistakes');
      await mistakes.scrollIntoViewIfNeeded();
      await button(page, 'Pause').click();
      await untilPaused(page);
      await mistakes.getByRole('button', { name: 'Measure now' }).click();
      await mistakes.getByText(/After step \d+/).waitFor(patience);
      await mistakes.getByText('Measuring').waitFor({ state: 'detached', ...patience });
      const cell = mistakes.getByRole('button', { name: /^7 recognised/ });
      const count = Number(/: (\d+),/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1]);
      expect(count).toBeGreaterThan(0);
      await cell.click();
      await mistakes.getByText(`7, recognised (${count})`).waitFor();
      await expect.poll(() => mistakes.locator('.gallery canvas').count()).toBe(Math.min(18, count));
      await runsOnIt();
    }, 90_000);

    test('after the first load it works without a network, from the step where it was', async () => {
      const { page } = scene;
      const step = await reading(page, 'Step');
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.context().setOffline(true);
      await page.reload();
      await untilReady(page);
      await runsOnIt();
      expect(await reading(page, 'Step')).toBe(step);
      await button(page, 'Step').click();
      await expect.poll(() => reading(page, 'Step'), patience).toBe(step + 1);
      await page.context().setOffline(false);
    }, 60_000);

    test('nothing was thrown, nothing was logged as an error, and nobody was warned', async () => {
      expect(scene.chromium.problems).toEqual([]);
      expect(await scene.page.getByRole('alert').allTextContents()).toEqual([]);
    });

    more(scene);
  });
}
