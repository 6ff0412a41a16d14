import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { describe, expect, test } from 'vitest';
import { buildPage } from './build-page.ts';
import { CHROMIUM, hasChromium, reading, untilReady } from './open-page.ts';
import { staticServer } from './static-server.ts';

/** What a person has who switched off site data for all sites. */
const NO_SITE_DATA = { profile: { default_content_setting_values: { cookies: 2 } } };

describe.skipIf(!hasChromium)('a browser that stores nothing', () => {
  test('is told of once, and trains', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cnn-demo-'));
    await mkdir(join(folder, 'Default'));
    await writeFile(join(folder, 'Default/Preferences'), JSON.stringify(NO_SITE_DATA));
    const server = await staticServer(await buildPage(), { isolated: true });
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: CHROMIUM,
      args: ['--no-sandbox'],
    });
    try {
      const page = await context.newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(server.url);
      await untilReady(page);
      expect(await page.locator('.notice').allTextContents()).toEqual([
        expect.stringContaining('This browser stores nothing'),
      ]);
      await page.getByRole('button', { name: 'Epoch', exact: true }).click();
      await expect.poll(() => reading(page, 'Test accuracy'), { timeout: 30_000 }).toBeGreaterThan(50);
      await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
      expect(await page.locator('.notice').count()).toBe(1);
      expect(problems).toEqual([]);
    } finally {
      await context.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
