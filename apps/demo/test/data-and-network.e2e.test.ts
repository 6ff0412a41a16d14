import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAllPanels } from './all-panels.ts';
import { colours, shown } from './canvas-looks.ts';
import { drop } from './drop-files.ts';
import { file, idxPair, type TestFile } from './idx-files.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

describe.skipIf(!hasChromium)('data and network of one’s own', () => {
  let chromium: OpenBrowser;
  let page: Page;
  const hosts = new Set<string>();

  beforeAll(async () => {
    chromium = await openBrowser();
    page = await chromium.open({ viewport: { width: 1280, height: 900 } });
    page.context().on('request', (request) => {
      if (request.url().startsWith('http')) hosts.add(new URL(request.url()).host);
    });
    await untilReady(page);
    await openAllPanels(page);
  }, 120_000);
  afterAll(() => chromium?.close());

  const data = () => page.locator('.panel.data');
  const network = () => page.locator('.panel.network');
  const problem = () => page.getByRole('alert').last();

  test('the first data set is described: counts, mean, samples, the batch as the network sees it', async () => {
    await expect.poll(() => data().textContent()).toMatch(/6,000 to learn from, 1,000 to test/);
    await expect.poll(() => data().getByRole('img').count()).toBe(2);
    await data().getByText('600 + 100').first().waitFor();
  });

  test('a layer is edited by keyboard and the network trained; the formula follows', async () => {
    await network().getByRole('button', { name: 'Edit a copy' }).click();
    const kernel = network().getByLabel('kernel size of layer 1');
    const region = network().getByRole('img', { name: /^The image with the part that the unit sees/ });
    await expect.poll(() => colours(region)).toBeGreaterThan(8);
    const seen = await shown(region);
    await kernel.fill('5');
    await expect.poll(() => shown(region)).not.toBe(seen); // more of it
    await network().getByText('⌊(28 + 2·0 − 1·(5 − 1) − 1) / 1⌋ + 1 = 24').waitFor();
    await network().getByLabel('stride of layer 1').press('ArrowUp');
    await network().getByText('⌊(28 + 2·0 − 1·(5 − 1) − 1) / 2⌋ + 1 = 12').waitFor();
    await network().getByRole('combobox', { name: 'New layer' }).selectOption('batch-norm2d');
    await network().getByRole('button', { name: 'Add layer' }).click();
    await network().getByRole('button', { name: 'Move layer 4, Batch norm, up' }).click();
    await network().getByText('16·6·6 = 576').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('Move layer 3, Batch norm, up');
    await page.keyboard.press('Enter');
    await expect.poll(focused).toBe('Move layer 2, Batch norm, up');
    await untilReady(page);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => reading(page, 'Step')).toBe(1);
  });

  test('an illegal value is explained in place with the formula, and the run keeps its network', async () => {
    const kernel = network().getByLabel('kernel size of layer 1');
    await kernel.fill('40');
    const told = network().getByRole('alert');
    await told.waitFor();
    expect(await told.textContent()).toMatch(
      /Expected an output height of at least 1, received ⌊\(28 \+ 2·0 − 1·\(40 − 1\) − 1\) \/ 2⌋ \+ 1 = -?\d+\. Use a kernelSize of at most 28/,
    );
    expect(await network().textContent()).toContain('The network stays as it was until this is put right.');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(() => reading(page, 'Step')).toBe(2);
    await kernel.fill('3');
    await expect.poll(() => told.count()).toBe(0);
  });

  test('a run that has trained is not thrown away unasked', async () => {
    const asks = network().getByRole('region', { name: 'Changes that are not in the run yet' });
    expect(await asks.textContent()).toMatch(/begins a new run; the curve of the old one stays/);
    expect(await reading(page, 'Step')).toBe(2);
    await asks.getByRole('button', { name: 'Train this network' }).click();
    await expect.poll(() => reading(page, 'Step')).toBe(0);
    await expect.poll(() => asks.count()).toBe(0);
  });

  test('dropped IDX files become the data set; the network is given as many outputs as there are classes', async () => {
    await drop(page, [
      ...idxPair('t10k', { count: 50, split: 'test', classes: 5 }),
      ...idxPair('train', { count: 200, classes: 5 }),
    ]);
    await expect.poll(() => data().textContent(), { timeout: 20_000 }).toMatch(/200 to learn from, 50 to test/);
    await data().getByText('40 + 10').first().waitFor();
    await expect
      .poll(() =>
        network()
          .getByLabel(/^out features of layer/)
          .inputValue(),
      )
      .toBe('5');
    await untilReady(page);
    await page.getByRole('button', { name: 'Epoch', exact: true }).click();
    await expect.poll(() => reading(page, 'Epoch'), { timeout: 20_000 }).toBe(1);
    expect(await reading(page, 'Test accuracy')).toBeGreaterThan(0);
  }, 40_000);

  test.each<[string, () => TestFile[], RegExp]>([
    [
      'a wrong file',
      () => [file('song.mp3', Buffer.from('ID3\u0003\u0000'))],
      /expected IDX files .*received song\.mp3/,
    ],
    [
      'images without labels',
      () => idxPair('train', { count: 20 }).slice(0, 1),
      /expected a file of labels for its 20 images/,
    ],
    [
      'images with the labels of others',
      () => [idxPair('train', { count: 20 })[0]!, idxPair('test', { count: 10 })[1]!],
      /expected 20 labels, one for each image .*received 10/,
    ],
  ])('%s is refused in words, and nothing is lost', async (_what, files, message) => {
    await drop(page, files());
    await expect.poll(() => problem().textContent()).toMatch(message);
    expect(await data().textContent()).toMatch(/200 to learn from/);
    expect(await reading(page, 'Epoch')).toBe(1);
    await problem()
      .getByRole('button', { name: /^Dismiss/ })
      .click();
  });

  test('images of one’s own, class by class, are resized and trained on', async () => {
    const png = async (colour: string): Promise<TestFile> => {
      const base64 = await page.evaluate(async (fill) => {
        const canvas = new OffscreenCanvas(50, 40);
        const context = canvas.getContext('2d')!;
        context.fillStyle = fill;
        context.fillRect(5, 5, 40, 30);
        const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
        return btoa(String.fromCharCode(...bytes));
      }, colour);
      return { name: `${colour}.png`, mimeType: 'image/png', buffer: Buffer.from(base64, 'base64') };
    };
    await data().getByText('Collect images class by class').click();
    for (const colour of ['red', 'lime', 'blue']) {
      await data().getByLabel('Name of the class').fill(colour);
      const image = await png(colour);
      await data()
        .getByLabel('Add images of it')
        .setInputFiles([1, 2, 3, 4].map((i) => ({ ...image, name: `${i}.png` })));
    }
    await data().getByRole('button', { name: 'Train on these' }).click();
    await expect.poll(() => data().textContent(), { timeout: 20_000 }).toMatch(/10 to learn from, 2 to test/);
    await data().getByText('28 × 28, grey').waitFor();
    await data().getByLabel('colour, 28 × 28').check();
    await data().getByText('28 × 28, colour').waitFor();
    expect(
      await network()
        .getByLabel(/^out features of layer/)
        .inputValue(),
    ).toBe('3');
  }, 40_000);

  test('a download names its host before it asks it', async () => {
    await data().getByRole('button', { name: 'Fashion-MNIST' }).click();
    const consent = data().getByRole('region', { name: 'Download fashion-mnist' });
    expect(await consent.textContent()).toContain('raw.githubusercontent.com');
    await consent.getByRole('button', { name: 'Not now' }).click();
  });

  test('no other host was asked for anything', () => {
    expect([...hosts]).toEqual([new URL(chromium.url).host]);
  });

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
