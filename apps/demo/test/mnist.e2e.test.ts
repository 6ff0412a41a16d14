import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAllPanels } from './all-panels.ts';
import { hasChromium, type OpenBrowser, openBrowser, untilReady } from './open-page.ts';

const folder = process.env.CNN_DATA_DIR;
if (!folder) console.log('Skipped: downloading MNIST is tried with its own files, from CNN_DATA_DIR.');
const files = join(folder ?? '', 'mnist');
if (folder && !existsSync(files)) throw new Error(`CNN_DATA_DIR is set, but there is no ${files}`);

describe.skipIf(!hasChromium || !folder)('the real MNIST', () => {
  let chromium: OpenBrowser;
  let page: Page;
  const asked: string[] = [];

  beforeAll(async () => {
    chromium = await openBrowser();
    const context = await chromium.browser.newContext();
    // Its host, played by the files.
    await context.route('https://ossci-datasets.s3.amazonaws.com/mnist/*', async (route) => {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
      asked.push(name);
      await route.fulfill({ body: await readFile(join(files, name)), headers: { 'access-control-allow-origin': '*' } });
    });
    page = await chromium.reopen(context);
    await untilReady(page);
    await openAllPanels(page);
  }, 120_000);
  afterAll(() => chromium?.close());

  const data = () => page.locator('.panel.data');

  test('is downloaded once it is asked for, and described', async () => {
    await data().getByRole('button', { name: 'MNIST', exact: true }).click();
    const download = data().getByRole('button', { name: 'Download from ossci-datasets.s3.amazonaws.com' });
    await download.waitFor();
    expect(asked).toEqual([]);
    await download.click();
    await data().getByText('60,000 to learn from, 10,000 to test').waitFor();
    await data().getByText('0.131 ± 0.308').waitFor();
    await data().getByText('6,742 + 1,135').waitFor(); // ones
    expect(asked.length).toBe(4);
  }, 60_000);

  test('is here on the next visit, without the network', async () => {
    await untilReady(page);
    await page.reload();
    await untilReady(page);
    await openAllPanels(page);
    await data().getByRole('button', { name: 'Drawn digits' }).click();
    await data().getByText('6,000 to learn from, 1,000 to test').waitFor();
    await data().getByRole('button', { name: 'MNIST', exact: true }).click();
    await data().getByText('60,000 to learn from, 10,000 to test').waitFor();
    expect(asked.length).toBe(4);
  }, 60_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
