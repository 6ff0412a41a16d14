import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { drop } from './drop-files.ts';
import { idxPair } from './idx-files.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

const folder = process.env.CNN_DATA_DIR;
if (!folder) console.log('Skipped: a link that trains on MNIST is tried with its own files, from CNN_DATA_DIR.');

const SMALL = 'data: { name: synthetic-digits, trainCount: 640, testCount: 50, batchSize: 32, evalBatchSize: 50 }';
const hash = (yaml: string): string => `#c=${encodeURIComponent(yaml)}`;

describe.skipIf(!hasChromium)('what a link holds, and what it does not', () => {
  let chromium: OpenBrowser;
  let page: Page;

  beforeAll(async () => {
    chromium = await openBrowser();
  }, 120_000);
  afterEach(() => page?.context().close());
  afterAll(() => chromium?.close());

  const step = (): Promise<void> => page.getByRole('button', { name: 'Step', exact: true }).click();
  const panel = async (name: string): Promise<void> => {
    await page.locator(`#at-${name}`).scrollIntoViewIfNeeded();
    await page.locator(`#at-${name} .panel:not(.placeholder)`).waitFor();
  };
  const setting = async (name: string, value: string): Promise<void> => {
    const field = page.locator('.live-settings').getByLabel(name);
    if (!(await field.isVisible())) await page.getByText('Settings', { exact: true }).click();
    await field.fill(value);
    await field.press('Enter');
  };

  test('whoever shares a run that was changed on its way is told so, also after a reload', async () => {
    page = await chromium.open({ hash: hash(`${SMALL}\nmodel: tiny-cnn`) });
    await untilReady(page);
    await panel('share');
    const told = page.getByRole('region', { name: 'Changed on the way' });
    await setting('Learning rate', '0.01'); // before the first step: it is in the link
    await step();
    await expect.poll(() => reading(page, 'Step')).toBe(1);
    expect(await told.count()).toBe(0);
    await setting('Learning rate', '0.02');
    await expect
      .poll(() => told.textContent())
      .toMatch(/hold the settings as they are now.*after step 1: learning rate 0\.01 → 0\.02$/);
    await step();
    await expect.poll(() => reading(page, 'Step')).toBe(2);
    await page.waitForTimeout(500); // kept
    await page.reload();
    await untilReady(page);
    await panel('share');
    await expect.poll(() => told.textContent()).toMatch(/after step 1: learning rate 0\.01 → 0\.02$/);
    await page.getByText('YAML for').click();
    expect(await page.getByLabel('Configuration as YAML').inputValue()).toMatch(
      /^# The run .* changed on its way:\n# after step 1: learning rate 0\.01 → 0\.02\n/,
    );
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect.poll(() => told.count()).toBe(0);
  }, 60_000);

  test('its data are asked for by name, and its run begins once they are dropped', async () => {
    const hosts = new Set<string>();
    const images =
      'data: { name: idx, images: my-images-idx3-ubyte.gz, labels: my-labels-idx1-ubyte.gz, validation: 0.2';
    page = await chromium.open({ hash: hash(`${images}, batchSize: 10 }\nmodel: mlp\nseed: 7`) });
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    const notice = page.getByRole('status').filter({ hasText: 'needs data that are not here yet' });
    await expect.poll(() => notice.textContent()).toMatch(/Drop my-images-idx3-ubyte\.gz and my-labels-idx1-ubyte\.gz/);
    await untilReady(page); // meanwhile there is the first run
    await drop(page, idxPair('my', { count: 50 }));
    await page.getByText('Settings', { exact: true }).click();
    await expect.poll(() => page.getByLabel('Seed').inputValue()).toBe('7');
    expect(await page.getByLabel('Batch size').inputValue()).toBe('10');
    await page.evaluate((to) => {
      location.hash = to;
    }, hash('model: tiny-cnn')); // MNIST
    await page.getByRole('button', { name: 'Download from ossci-datasets.s3.amazonaws.com' }).waitFor();
    expect([...hosts].filter((host) => !host.startsWith('127.0.0.1'))).toEqual([]);
  }, 60_000);

  test.skipIf(!folder)(
    'published data are downloaded when one says so, and its run begins',
    async () => {
      const context = await chromium.browser.newContext();
      await context.route('https://ossci-datasets.s3.amazonaws.com/mnist/*', async (route) => {
        const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
        const body = await readFile(join(folder!, 'mnist', name));
        await route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } });
      });
      page = await chromium.reopen(context, hash('data: { name: mnist, limit: 640 }\nmodel: tiny-cnn\nseed: 5'));
      await page.getByRole('button', { name: 'Download from ossci-datasets.s3.amazonaws.com' }).click();
      await page.getByText('Settings', { exact: true }).click();
      await expect.poll(() => page.getByLabel('Seed').inputValue()).toBe('5');
      await untilReady(page);
      await step();
      await expect.poll(() => reading(page, 'Step')).toBe(1);
      expect(await page.locator('.notice').allTextContents()).toEqual([]);
    },
    60_000,
  );

  test('dropout comes to a network of the zoo with one click', async () => {
    page = await chromium.open({ hash: hash(`${SMALL}\nmodel: basic-cnn`) });
    await untilReady(page);
    await page.getByText('Settings', { exact: true }).click();
    const field = page.locator('.live-settings').getByLabel('Dropout');
    expect(await field.isDisabled()).toBe(true);
    await page.getByText('this network has no dropout layer').waitFor();
    await page.getByRole('button', { name: 'Train a copy that has one' }).click();
    await expect.poll(() => field.inputValue()).toBe('0.25');
    await untilReady(page);
    await step();
    await expect.poll(() => reading(page, 'Step')).toBe(1);
    await setting('Dropout', '0.5');
    await panel('network');
    await expect.poll(() => page.getByLabel(/^p of layer 10/).inputValue()).toBe('0.5');
    expect(await page.locator('.layer-name b').allTextContents()).toContain('Dropout');
  }, 60_000);

  test('a residual network trains, and is shown for what it is', async () => {
    page = await chromium.open({
      hash: hash('data: { name: synthetic-digits, trainCount: 20, testCount: 10, batchSize: 4 }\nmodel: resnet18'),
    });
    await untilReady(page);
    await panel('network');
    const network = page.locator('.panel.network');
    await network.getByText('is no plain list').waitFor();
    await expect.poll(() => network.locator('.layer').count()).toBeGreaterThan(50);
    await network.getByText('layer4.1.conv2').waitFor();
    expect(await network.getByRole('alert').count()).toBe(0);
    expect(await network.getByLabel('Network').first().inputValue()).toBe('resnet18');
    await page.getByText('Settings', { exact: true }).click();
    expect(await page.getByRole('button', { name: 'Train a copy that has one' }).count()).toBe(0);
    await step();
    await expect.poll(() => reading(page, 'Step'), { timeout: 30_000 }).toBe(1);
    await page.locator('.run-bar .primary:text("Play")').waitFor();
    await page.waitForTimeout(1000); // 134 MB are written
    expect(await page.locator('.notice').allTextContents()).toEqual([]);
    await network.getByLabel('Network').selectOption('tiny-cnn');
    await network.getByText('In all 27,210 parameters').waitFor();
  }, 90_000);

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});
