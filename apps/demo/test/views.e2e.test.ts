import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { colours, shown } from './canvas-looks.ts';
import { decisionOf, drawSeven } from './drawn-seven.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

/** A PNG file that is drawn in the page. */
const png = (page: Page, paint: string): Promise<Buffer> =>
  page
    .evaluate((code) => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 160;
      new Function('context', code)(canvas.getContext('2d'));
      return canvas.toDataURL('image/png').split(',')[1]!;
    }, paint)
    .then((base64) => Buffer.from(base64, 'base64'));

describe.skipIf(!hasChromium)('looking inside, drawing and mistakes', () => {
  let chromium: OpenBrowser;
  let page: Page;
  let inside: Locator;
  let drawing: Locator;
  let mistakes: Locator;

  beforeAll(async () => {
    chromium = await openBrowser();
    page = await chromium.open({ viewport: { width: 1024, height: 900 } });
    await untilReady(page);
    [inside, drawing, mistakes] = ['inside', 'drawing', 'mistakes'].map((name) => page.locator(`#at-${name}`)) as [
      Locator,
      Locator,
      Locator,
    ];
    for (const panel of [drawing, mistakes, inside]) {
      await panel.scrollIntoViewIfNeeded();
      await panel.locator('section.panel:not(.placeholder)').waitFor();
    }
  }, 120_000);

  afterAll(() => chromium?.close());

  test('a network that is not trained says so when it reads', async () => {
    await drawSeven(page);
    await drawing.getByText('has not been trained yet').waitFor();
  });

  test('every layer shows its maps', async () => {
    const layers = inside.locator('.inside-layer');
    await layers.first().waitFor();
    const names = await layers.evaluateAll((all) => all.map((layer) => layer.getAttribute('aria-label')));
    expect(names).toEqual(['conv1', 'relu', 'pool', 'flatten', 'fc1']);
    for (const name of names.slice(0, 4)) {
      const canvas = inside.getByLabel(new RegExp(`^Output of ${name}`));
      await canvas.scrollIntoViewIfNeeded();
      await expect.poll(() => colours(canvas)).toBeGreaterThan(8);
    }
    await expect.poll(() => colours(inside.getByLabel('Weights of conv1'))).toBeGreaterThan(50);
    await expect.poll(() => colours(inside.getByLabel('Weights of fc1'))).toBeGreaterThan(100);
    expect(await inside.locator('.unit-bars li').count()).toBe(10);
    await inside.getByText('[16, 26, 26]').first().waitFor();
  });

  test('the maps are live while it trains', async () => {
    await inside.scrollIntoViewIfNeeded();
    const canvas = inside.getByLabel(/^Output of conv1/);
    const before = await shown(canvas);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(() => shown(canvas)).not.toBe(before);
    await expect.poll(() => reading(page, 'Test accuracy'), { timeout: 60_000 }).toBeGreaterThanOrEqual(90);
  }, 90_000);

  test('the drawing is read as a 7, with what the decision depends on', async () => {
    await expect.poll(() => decisionOf(page).textContent(), { timeout: 10_000 }).toBe('7');
    const seen = drawing.getByLabel('The drawing as the network sees it');
    const amber = (): Promise<number> =>
      seen.evaluate((element) => {
        const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, 28, 28);
        return data.reduce((sum, red, i) => sum + (i % 4 === 0 && red > data[i + 2]! + 60 ? 1 : 0), 0);
      });
    expect(await amber()).toBeGreaterThan(3);
    await drawing.getByLabel('Saliency').uncheck();
    await expect.poll(amber).toBe(0);
  });

  test('a photograph is refused with the reason, and the drawing is not lost', async () => {
    const photograph = await png(
      page,
      'for (let y = 0; y < 160; y++) for (let x = 0; x < 160; x++) { const v = 128 + 90 * Math.sin(x / 19) * Math.cos(y / 27); context.fillStyle = "rgb(" + [v, v, v] + ")"; context.fillRect(x, y, 1, 1); }',
    );
    const choose = (buffer: Buffer, name: string): Promise<void> =>
      drawing.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
    await choose(photograph, 'holiday.png');
    await drawing.getByText('expected a single digit on an even ground').waitFor();
    await drawing.getByRole('button', { name: 'Undo' }).click();
    await drawing.getByText('expected a single digit').waitFor({ state: 'detached' });
    await expect.poll(() => decisionOf(page).textContent()).toBe('7');

    const seven =
      'context.fillStyle = "#fff"; context.fillRect(0, 0, 160, 160); context.lineWidth = 13; context.beginPath(); context.moveTo(45, 40); context.lineTo(112, 40); context.lineTo(72, 128); context.stroke();';
    await choose(await png(page, seven), 'seven.png');
    await drawing.getByText('Dark on light').waitFor();
    await expect.poll(() => decisionOf(page).textContent()).toBe('7');
    await choose(Buffer.from('no picture'), 'notes.png');
    await page.getByText('notes.png is no picture').waitFor();
  });

  test('one draws by keyboard', async () => {
    await drawing.getByRole('button', { name: 'Clear' }).click();
    await drawing.getByLabel('Sheet to draw on by keyboard').focus();
    await page.keyboard.press(' ');
    for (let i = 0; i < 7; i++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press(' ');
    await expect.poll(() => decisionOf(page).textContent()).toBe('1');
  });

  test('the arithmetic of a kernel is what stands in the feature map', async () => {
    await inside.getByRole('tab', { name: 'Slide a window' }).click();
    const line = inside.locator('.sum-line');
    const stage = inside.getByLabel(/^Window over the input/);
    for (const layer of ['0', '2']) {
      await inside.getByRole('combobox').selectOption(layer);
      await inside.getByLabel(layer === '0' ? /^Filter/ : /^Map/).fill('3');
      await stage.click(); // in the middle: the pointer moves the window, too
      await stage.focus();
      const places = new Set<string | null>();
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft']) {
        await page.keyboard.press(key);
        places.add(await stage.getAttribute('aria-label'));
        const [computed, inMap] = await line.evaluate(({ dataset }) => [dataset.output, dataset.map].map(Number));
        expect(Math.abs(computed! - inMap!)).toBeLessThan(1e-5);
      }
      expect(places.size).toBe(4);
    }
    await inside.getByText('the greatest wins').waitFor();
  });

  test('the slider shows the network as it was', async () => {
    await inside.getByRole('tab', { name: 'Maps' }).click();
    const weights = inside.getByLabel('Weights of conv1');
    await weights.waitFor();
    await expect.poll(() => colours(weights)).toBeGreaterThan(50);
    const now = await shown(weights);
    const slider = inside.getByRole('slider');
    await slider.focus();
    await page.keyboard.press('Home');
    await inside.getByText('after step 0', { exact: true }).waitFor();
    await expect.poll(() => shown(weights)).not.toBe(now);
    const first = await shown(weights);
    await page.keyboard.press('ArrowRight');
    await inside.getByText('after step 1', { exact: true }).waitFor();
    await expect.poll(() => shown(weights)).not.toBe(first);
    await inside.getByRole('button', { name: 'Live' }).click();
    await inside.getByText('now, step').waitFor();
  });

  test('each layer has its statistics, and a sentence that reads them', async () => {
    await inside.getByRole('tab', { name: 'Health' }).click();
    await expect.poll(() => inside.locator('.statistics tbody tr').count()).toBe(5);
    expect(await inside.locator('.statistics-reading').textContent()).toMatch(/gradients|units/i);
    await expect.poll(() => inside.locator('.sparkline path[d^=M]').count(), { timeout: 10_000 }).toBe(4);
  });

  test('a cell of the confusion matrix opens its images', async () => {
    await mistakes.scrollIntoViewIfNeeded();
    await mistakes.getByText(/After step \d+/).waitFor();
    const pause = page.getByRole('button', { name: 'Pause' });
    if (await pause.isVisible()) await pause.click();
    await mistakes.getByRole('button', { name: 'Measure now' }).click();
    await mistakes.getByText('Measuring').waitFor({ state: 'detached' });
    const cell = mistakes.getByRole('button', { name: /^7 recognised/ });
    const count = Number(/: (\d+),/.exec((await cell.getAttribute('aria-label')) ?? '')?.[1]);
    await cell.click();
    await mistakes.getByText(`7, recognised (${count})`).waitFor();
    await expect.poll(() => mistakes.locator('.gallery canvas').count()).toBe(Math.min(18, count));
    expect(await colours(mistakes.locator('.gallery canvas').first())).toBeGreaterThan(10);
    await mistakes.locator('.pairs button').first().click();
    await mistakes.getByText(/, taken for \d \(/).waitFor();
    await cell.focus();
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^6 taken for 7/);
  });

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
