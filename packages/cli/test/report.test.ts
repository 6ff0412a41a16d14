import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { syntheticDigits, withChannels } from '@cnn/datasets';
import { decodeImage } from '@cnn/datasets/node';
import axe from 'axe-core';
import { chromium } from 'playwright';
import { describe, expect, it } from 'vitest';
import { html } from '../src/report/markup.ts';
import { cli, SMALL, workingFolder } from './support/cli.ts';

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const hasChromium = existsSync(chromiumPath);
if (!hasChromium) console.warn(`skipped: looking at the report needs Chromium at ${chromiumPath} (or CHROMIUM_PATH)`);

async function reportOf(args: readonly string[], cwd = workingFolder()): Promise<{ path: string; page: string }> {
  await cli(['run', 'quickstart', ...SMALL, ...args, '--run-dir', 'run'], { cwd });
  const path = join(cwd, 'run/report.html');
  return { path, page: readFileSync(path, 'utf8') };
}

const texts = (page: string, pattern: RegExp): string[] => [...page.matchAll(pattern)].map((match) => match[1]!);

describe('report.html', () => {
  it('is one small file without scripts that fetches nothing', async () => {
    const { page } = await reportOf([]);
    expect(page.length).toBeLessThan(1e6);
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/<script|<link|<iframe|@import|url\(|src="(?!data:)|href=/);
  });

  it('shows curves, both confusion matrices, classes, pairs, mistakes, layers, config and environment', async () => {
    const { path, page } = await reportOf(['data.validation=40']);
    const folder = join(path, '..');
    const { counts } = JSON.parse(readFileSync(join(folder, 'confusion-matrix.json'), 'utf8'));
    const { test } = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8'));
    expect(page).toContain(`<dt>Test accuracy</dt><dd>${(100 * test.accuracy).toFixed(2)} %</dd>`);
    expect(texts(page, /<figcaption>(.*?)<\/figcaption>/g)).toEqual(['Loss', 'Accuracy']);
    expect(texts(page, /<caption>(.*?) <span/g)).toEqual([
      'Test set: images',
      'Test set: per cent of each true class',
      expect.stringMatching(/^Validation, epoch [12]: images$/),
      expect.stringMatching(/^Validation, epoch [12]: per cent of each true class$/),
    ]);
    const [countTable] = texts(page, /<table class="matrix">[\s\S]*?<tbody>([\s\S]*?)<\/tbody>/g);
    expect(texts(countTable!, /<td[^>]*>(.*?)<\/td>/g).map(Number)).toEqual(counts.flat());
    for (const heading of ['Classes', 'Most confused pairs', 'Worst mistakes', 'Network', 'Config', 'Environment']) {
      expect(page).toContain(`<h2>${heading}</h2>`);
    }
    expect(page).toContain('<code>fc1</code>');
    expect(page).toContain('epochs: 2');
    expect(page).toContain(`Node ${process.versions.node}`);
  });

  it('shows the mistakes as the images of the data set that they are', async () => {
    const { page } = await reportOf([]);
    const gallery = page.slice(page.indexOf('<h2>Worst mistakes'), page.indexOf('<details>'));
    const shown = [
      ...gallery.matchAll(/<img src="data:image\/png;base64,([^"]+)"[^>]*alt="Image (\d+): (\d), taken for/g),
    ];
    expect(shown.length).toBeGreaterThan(5);
    const test = syntheticDigits({ split: 'test', count: 50 });
    for (const [, picture, index, truth] of shown) {
      const { pixels, label } = await test.get(Number(index));
      expect(test.classNames[label]).toBe(truth);
      const image = withChannels(await decodeImage(Buffer.from(picture!, 'base64')), 1);
      expect([...image.pixels]).toEqual([...pixels]);
    }
  });

  it('is the same after a run that was interrupted and resumed', async () => {
    const timeless = (page: string): string =>
      page.replace(/<dt>(Time|Images a second|Started)<\/dt><dd>.*?<\/dd>/g, '').replace(/<dd>[\d.]+ s/g, '');
    const whole = await reportOf(['trainer.epochs=3', 'data.validation=40']);
    const cwd = workingFolder();
    const abort = new AbortController();
    const run = ['run', 'quickstart', ...SMALL, 'trainer.epochs=3', 'data.validation=40', '--run-dir', 'run'];
    await cli(run, { cwd, signal: abort.signal, onStderr: (text) => text.includes('epoch 2/3') && abort.abort() });
    const part = readFileSync(join(cwd, 'run/report.html'), 'utf8');
    expect(part).toContain('<span class="badge interrupted">');
    expect(part).not.toContain('<h2>Test set');
    await cli([...run, '--resume'], { cwd });
    expect(timeless(readFileSync(join(cwd, 'run/report.html'), 'utf8'))).toBe(timeless(whole.page));
  });

  it('of a run that failed says why, with what there was until then', async () => {
    const { page } = await reportOf(['optimizer={name: sgd, lr: 1e30}']);
    expect(page).toContain('<span class="badge failed">failed</span>');
    expect(page).toMatch(/<p class="note bad">loss at step \d+: expected finite numbers/);
    expect(page).toContain('<h2>Network</h2>');
  });

  it('tells names with markup in them as they are', async () => {
    expect(html`<b title="${'"x"'}">${'<script>&'}${[html`<i>${1}</i>`, 2]}${null}${false}</b>`.text).toBe(
      '<b title="&#34;x&#34;">&#60;script&#62;&#38;<i>1</i>2</b>',
    );
  });

  it.skipIf(!hasChromium)('can be read by everybody: narrow and wide, light and dark, axe finds nothing', async () => {
    const { path } = await reportOf(['data.validation=40', 'schedule={name: cosine-annealing-lr, tMax: 2}']);
    const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
    try {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const width of [390, 1280]) {
          const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
          const requests: string[] = [];
          page.on('request', (request) => request.url().startsWith('data:') || requests.push(request.url()));
          const complaints: string[] = [];
          page.on('console', (message) => complaints.push(message.text()));
          await page.goto(pathToFileURL(path).href);
          await page.locator('details').evaluateAll((all) => {
            for (const details of all) details.setAttribute('open', '');
          });
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
          await page.evaluate(axe.source);
          const { violations } = (await page.evaluate('axe.run()')) as {
            violations: { id: string; nodes: object[] }[];
          };
          expect(violations.map(({ id, nodes }) => [id, nodes.length])).toEqual([]);
          expect({ requests, complaints }).toEqual({ requests: [pathToFileURL(path).href], complaints: [] });
          await page.close();
        }
      }
    } finally {
      await browser.close();
    }
  });
});
