import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { describe, expect, test } from 'vitest';
import { CHROMIUM, hasChromium, reading, untilReady } from './open-page.ts';

describe.skipIf(!hasChromium)('the development server', () => {
  test('bundles every dependency before its first visit, which is not loaded again in the middle', async () => {
    const cacheDir = await mkdtemp(join(tmpdir(), 'cnn-demo-'));
    const root = fileURLToPath(new URL('..', import.meta.url));
    const server = await createServer({ root, cacheDir, logLevel: 'error', server: { port: 0 } });
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    try {
      await server.listen();
      const page = await browser.newPage();
      let loads = 0;
      page.on('load', () => {
        loads++;
      });
      await page.goto(server.resolvedUrls!.local[0]!);
      await untilReady(page);
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await expect.poll(() => reading(page, 'Step')).toBe(1);
      // YAML, and other backends: what the Worker imports when it is asked to.
      await page.locator('#at-share').scrollIntoViewIfNeeded();
      await page.getByText('YAML for').click();
      await expect.poll(() => page.getByLabel('Configuration as YAML').inputValue()).toContain('tiny-cnn');
      expect(loads).toBe(1);
      expect(await reading(page, 'Step')).toBe(1);
    } finally {
      await browser.close();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    }
  }, 120_000);
});
