import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lossesInNode } from './losses-in-node.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';
import { setting, trainPast } from './run-bar.ts';
import { savedLosses } from './saved-losses.ts';

describe.skipIf(!hasChromium)('sharing a run', () => {
  let chromium: OpenBrowser;
  let page: Page;
  let folder: string;
  let losses: string[];
  let step: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cnn-demo-'));
    chromium = await openBrowser();
    page = await chromium.open();
    await untilReady(page);
    await page.locator('#at-share').scrollIntoViewIfNeeded();
  }, 120_000);

  afterAll(async () => {
    await chromium?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('the losses in the page and of cnn-cli in Node are the same to the last digit', async () => {
    await setting(page, 'Seed', '7');
    await setting(page, 'Learning rate', '0.002');
    step = await trainPast(page, 25);
    losses = (await savedLosses(page)).slice(0, 25);

    const config = join(folder, 'shared.yaml');
    await writeFile(config, await shownYaml(page));
    const runDir = join(folder, 'run');
    expect(await lossesInNode(config, { maxSteps: 25, runDir })).toEqual(losses);
    expect(await levelOf(page)).toBe(
      JSON.parse(await readFile(join(runDir, 'environment.json'), 'utf8')).backend.featureLevel,
    );
  }, 60_000);

  test('its link in a fresh profile gives the same first 20 losses', async () => {
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#c=[\w-]+$/);
    const hash = await page.evaluate(() => location.hash);
    expect(hash.length).toBeLessThan(400);
    const other = await chromium.open({ hash });
    await untilReady(other);
    await trainPast(other, 20);
    expect((await savedLosses(other)).slice(0, 20)).toEqual(losses.slice(0, 20));
    await other.context().close();
  }, 60_000);

  test('an address that was edited by hand is refused in words, and the page still works', async () => {
    for (const [hash, reason] of [
      ['#c=xxxx', /Its end is missing, or it was changed/],
      [
        '#c=optimizer: { name: adamm }',
        /link:1:20 optimizer\.name: expected .*adamw.* received "adamm"\. Write adam\./,
      ],
    ] as const) {
      const other = await chromium.open({ hash });
      const notice = other.getByRole('alert');
      await notice.waitFor();
      expect(await notice.textContent()).toMatch(/This link cannot be read/);
      expect(await notice.textContent()).toMatch(reason);
      await untilReady(other);
      await trainPast(other, 1);
      await other.context().close();
    }
  }, 60_000);

  test('a run saved as a file goes on from its step in another profile', async () => {
    const saving = page.waitForEvent('download');
    await page.locator('#at-share').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Save run' }).click();
    const file = join(folder, 'my.run.safetensors');
    await (await saving).saveAs(file);
    const other = await chromium.open();
    await untilReady(other);
    await other.locator('#at-share').scrollIntoViewIfNeeded();
    await other.getByLabel('Open weights or run').setInputFiles(file);
    await expect.poll(() => reading(other, 'Step')).toBe(step);
    await trainPast(other, step + 5);
    const gone = await savedLosses(other);
    expect(gone.slice(0, 25)).toEqual(losses);
    await other.context().close();

    const inNode = await lossesInNode(file, { maxSteps: step + 5, runDir: join(folder, 'gone-on') });
    expect(inNode).toEqual(gone.slice(step, step + 5));
  }, 60_000);

  test('what went wrong was told, and nothing else went wrong', () => {
    expect(chromium.problems).toEqual([]);
  });
});

async function shownYaml(page: Page): Promise<string> {
  await page.locator('#at-share').scrollIntoViewIfNeeded();
  const area = page.getByLabel('Configuration as YAML');
  if (!(await area.isVisible())) await page.getByText('YAML for').click();
  return area.inputValue();
}

async function levelOf(page: Page): Promise<string> {
  await page.locator('.run-bar .badge').click();
  const level = await page.locator('.backend-details tr[aria-current=true] td').nth(3).textContent();
  await page.getByRole('button', { name: 'Close' }).click();
  return level ?? '';
}
