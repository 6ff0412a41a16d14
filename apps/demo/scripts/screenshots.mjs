// Takes the pictures of the README: the trained page at three widths, light and dark, a 7 drawn and read.
// Usage: pnpm --filter demo screenshots [--out FOLDER] [--width 1600] [--scheme dark]. Needs a build and Chromium
// ($CHROMIUM_PATH or /usr/bin/chromium).
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { preview } from 'vite';

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    width: { type: 'string' },
    scheme: { type: 'string' },
    full: { type: 'boolean' },
  },
});
const root = fileURLToPath(new URL('..', import.meta.url));
const out = values.out ?? fileURLToPath(new URL('../../../docs/images', import.meta.url));
const widths = values.width ? [Number(values.width)] : [390, 1024, 1600];
const schemes = values.scheme ? [values.scheme] : ['light', 'dark'];
const HEIGHTS = { 390: 1400, 1024: 1700, 1600: 1830 };
const SIZE_LIMIT_BYTES = 300_000;

await mkdir(out, { recursive: true });
// A copy: a build that is made meanwhile would pull the files from under the page.
const outDir = await mkdtemp(join(tmpdir(), 'cnn-demo-'));
await cp(join(root, 'dist'), outDir, { recursive: true });
const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0 } });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--font-render-hinting=none'],
});
try {
  for (const width of widths) for (const scheme of schemes) await picture(width, scheme);
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}

async function picture(width, colorScheme) {
  const height = HEIGHTS[width] ?? 1400;
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(server.resolvedUrls.local[0]);
  await page.locator('.run-bar[aria-busy=false]').waitFor();
  await everyPanel(page);
  const network = page.getByRole('combobox', { name: 'Network' });
  await network.selectOption('basic-cnn');
  await page.locator('.run-bar[aria-busy=false]').waitFor();
  await page.waitForTimeout(1500);
  await page.locator('.run-bar .primary').click();
  await page.waitForFunction(
    () => Number.parseFloat(document.querySelector('.run-bar')?.textContent?.match(/Epoch([\d.]+)/)?.[1] ?? '0') >= 6,
    undefined,
    { timeout: 120_000 },
  );
  await page.getByRole('button', { name: 'Pause' }).click();
  await drawSeven(page);
  await page.getByRole('button', { name: 'My drawing' }).click();
  await everyPanel(page);
  await page.setViewportSize({ width, height: values.full ? 900 : height });
  await page.waitForTimeout(2000);
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
  await page.waitForTimeout(800);
  await save(page, join(out, `demo-${width}-${colorScheme}.png`));
  await context.close();
}

/** With a palette: a third of the bytes, and no difference that one sees. */
async function save(page, path) {
  const png = await sharp(await page.screenshot({ fullPage: values.full ?? false }))
    .png({ palette: true, quality: 90, effort: 10 })
    .toBuffer();
  await writeFile(path, png);
  console.log(path, `${Math.round(png.length / 1000)} kB`);
  if (png.length > SIZE_LIMIT_BYTES) throw new Error(`${path}: more than ${SIZE_LIMIT_BYTES / 1000} kB`);
}

async function everyPanel(page) {
  for (let tries = 0; (await page.locator('.placeholder').count()) > 0; tries++) {
    if (tries === 200) throw new Error('A panel does not come.');
    await page.evaluate(() => document.querySelector('.placeholder')?.scrollIntoView());
    await page.waitForTimeout(60);
  }
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 500) {
    await page.evaluate((top) => scrollTo(0, top), y);
    await page.waitForTimeout(80);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

async function drawSeven(page) {
  const canvas = page.locator('#at-drawing canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('There is no canvas to draw on.');
  const move = (x, y) => page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: 10 });
  await move(0.28, 0.22);
  await page.mouse.down();
  await move(0.72, 0.22);
  await move(0.45, 0.82);
  await page.mouse.up();
  await page.waitForTimeout(1000);
}
