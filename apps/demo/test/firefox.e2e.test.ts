import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPage } from './build-page.ts';
import { moveAlongSeven } from './drawn-seven.ts';
import { lossesInNode } from './losses-in-node.ts';
import { type StaticServer, staticServer } from './static-server.ts';

/** Where Firefox is. */
const FIREFOX = process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr';
const hasFirefox = existsSync(FIREFOX);
if (!hasFirefox) console.log(`Skipped: no Firefox at ${FIREFOX}. Set FIREFOX_PATH to have the page tried in it.`);

const READY = '.run-bar[aria-busy=false]';

describe.skipIf(!hasFirefox)('the page in Firefox', () => {
  let server: StaticServer;
  let browser: Browser;
  let page: Page;
  let folder: string;
  const problems: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cnn-firefox-'));
    server = await staticServer(await buildPage(), { isolated: true });
    browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: FIREFOX,
      defaultViewport: null,
      args: ['--width=1280', '--height=900'],
    });
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(server.url);
    await page.waitForSelector(READY);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const text = (selector: string): Promise<string> => page.$eval(selector, (element) => element.textContent ?? '');
  const bar = async (name: RegExp): Promise<number> =>
    Number.parseFloat((name.exec(await text('.run-bar dl'))?.[1] ?? 'NaN').replaceAll(',', ''));
  const step = (): Promise<number> => bar(/Step([\d,]+)/);

  test('it learns to read 95 % of synthetic digits on simd', async () => {
    expect(await text('.badge')).toMatch(/^Runs on simd/);
    const begunAt = performance.now();
    await page.click('.run-bar .primary');
    await expect.poll(() => bar(/accuracy([\d.]+)/), { timeout: 60_000 }).toBeGreaterThanOrEqual(95);
    console.log(`Firefox: ${((performance.now() - begunAt) / 1000).toFixed(1)} s, ${await step()} steps`);
    await page.click('.run-bar .primary');
    await expect.poll(() => text('.run-bar .primary')).toBe('Play');
  }, 90_000);

  test('its losses are those of Node at the same feature level, to the last digit', async () => {
    await page.$eval('#at-learning', (panel) => panel.scrollIntoView());
    await page.evaluate(keepWhatIsSaved);
    await page.locator('::-p-text(Save the losses as CSV)').click();
    const losses = (await savedText(page)).trim().split('\n').slice(1, 31);
    await page.$eval('#at-share', (panel) => panel.scrollIntoView());
    await page.locator('::-p-text(YAML for)').click();
    const config = join(folder, 'shared.yaml');
    await writeFile(config, await page.$eval('#at-share textarea', (area) => (area as HTMLTextAreaElement).value));

    expect(await lossesInNode(config, { maxSteps: 30, runDir: join(folder, 'run') })).toEqual(losses);
  }, 60_000);

  test('a 7 that is drawn is read as a 7', async () => {
    await page.$eval('#at-drawing', (panel) => panel.scrollIntoView({ block: 'center' }));
    await moveAlongSeven(page.mouse, (await (await page.$('#at-drawing canvas'))!.boundingBox())!);
    await expect.poll(() => text('.probabilities [aria-current=true] span')).toBe('7');
  }, 40_000);

  test('a reload goes on from the same step, and every panel comes', async () => {
    const before = await step();
    await page.reload();
    await page.waitForSelector(READY);
    expect(await step()).toBe(before);
    await expect
      .poll(() => {
        return page.evaluate(() => {
          document.querySelector('.placeholder')?.scrollIntoView();
          return document.querySelectorAll('.placeholder').length;
        });
      })
      .toBe(0);
    expect(problems).toEqual([]);
    expect(await page.$$eval('[role=alert]', (notices) => notices.map(({ textContent }) => textContent))).toEqual([]);
  }, 40_000);
});

/** In the page: remembers what is offered as a download. */
function keepWhatIsSaved(): void {
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (content: Blob) => {
    (globalThis as { saved?: Blob }).saved = content;
    return make(content);
  };
}

function savedText(page: Page): Promise<string> {
  return page.evaluate(() => (globalThis as { saved?: Blob }).saved?.text() ?? '');
}
