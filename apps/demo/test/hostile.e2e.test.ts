import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSafetensors } from '@cnn/core';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAllPanels } from './all-panels.ts';
import { drop } from './drop-files.ts';
import { file, idxPair, type TestFile } from './idx-files.ts';
import { hasChromium, type OpenBrowser, openBrowser, reading, untilReady } from './open-page.ts';

/** How long a message may take. */
const SOON = { timeout: 8000 };

/** A run that outlasts the tests. */
const SMALL = `
data: { name: synthetic-digits, trainCount: 640, testCount: 50, batchSize: 32, evalBatchSize: 50 }
model: tiny-cnn
trainer: { epochs: 100000, logEverySteps: 1 }
metrics: [accuracy]
callbacks: []`;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const [images, labels] = idxPair('digits', { count: 40 }) as [TestFile, TestFile];
const text = (name: string, content: string): TestFile => file(name, Buffer.from(content));
const cut = ({ name, buffer }: TestFile, bytes: number): TestFile => file(name, buffer.subarray(0, bytes));
const hash = (yaml: string): string => `#c=${encodeURIComponent(yaml)}`;

describe.skipIf(!hasChromium)('bad input while a run trains', () => {
  let chromium: OpenBrowser;
  let page: Page;
  let folder: string;
  let before: number;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cnn-demo-'));
    chromium = await openBrowser();
    page = await chromium.open({ hash: hash(SMALL), viewport: { width: 1280, height: 900 } });
    await untilReady(page);
    await openAllPanels(page);
    await page.getByRole('button', { name: 'Play', exact: true }).click();
  }, 120_000);

  afterAll(async () => {
    await chromium?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const step = (): Promise<number> => reading(page, 'Step');
  const notices = (): Promise<string[]> => page.locator('.notice').allTextContents();

  beforeEach(async () => {
    before = await step();
  });

  afterEach(async () => {
    for (const button of await page.getByRole('button', { name: /^Dismiss/ }).all()) await button.click();
    // The run goes on, whatever was tried.
    await expect.poll(step, SOON).toBeGreaterThan(before);
    expect(await page.locator('.run-bar .state').textContent()).toBe('Training');
  });

  /** Waits for a message; there is no other. */
  async function told(message: RegExp): Promise<void> {
    await expect.poll(notices, SOON).toEqual([expect.stringMatching(message)]);
  }

  test.each<[string, () => TestFile[], RegExp]>([
    ['a picture that is called .idx', () => [file('digits.idx', PNG)], /received digits\.idx \(a PNG picture\)\./],
    ['a gzip that is cut', () => [cut(images, 900), labels], /digits-images.*complete gzip stream.*cut short/s],
    [
      'a gzip that hardly began',
      () => [cut(images, 14), labels],
      /digits-images.*complete gzip file, received 14 bytes/,
    ],
    ['words', () => [text('words.csv', 'label,colour\ncat,red\n')], /words\.csv:2:\d+: expected .*received '\w+'/],
    ['rows that are shorter', () => [text('ragged.csv', '1,2,3,4,5\n0,2,3\n')], /ragged\.csv:2.*expected 5 fields/],
    ['nothing', () => [text('empty.csv', '')], /received empty\.csv \(it is empty\)/],
    ['labels of other images', () => [images, idxPair('t', { count: 20 })[1]!], /expected 40 labels.*received 20/],
    ['one class', () => idxPair('ones', { count: 20, classes: 1 }), /at least two classes.*20 images of 1 class/],
    [
      'YAML of a network for a data centre',
      () => [text('big.yaml', 'model: { name: mlp, hidden: 1000000000 }\ndata: synthetic-digits')],
      /run of big\.yaml cannot begin.*at most 512 MB/,
    ],
    [
      'YAML with a key that there is not',
      () => [text('my.yaml', 'model: mlp\nlerning_rate: 3')],
      /my\.yaml:2:1 lerning_rate: expected a known key/,
    ],
  ])('%s', async (_name, files, message) => {
    await drop(page, files());
    await told(message);
  });

  test('a folder with one class', async () => {
    const pets = join(folder, 'cats');
    await drop(page, []); // nothing at all is no problem
    expect(await notices()).toEqual([]);
    await mkdir(pets);
    for (const name of ['1.png', '2.png']) await writeFile(join(pets, name), PNG);
    await page.locator('.data-sources input[webkitdirectory]').setInputFiles(pets);
    await told(/at least two classes.*2 images of 1 class \(cats\)/);
  });

  test.each<[string, string, Buffer, RegExp]>([
    ['IDX', 'huge-idx3-ubyte', idxHead(2_739_000, 28, 28), /huge-idx3-ubyte: expected at most 512 MB of pixels/],
    ['IDX that says that it is short', 'huge-idx3-ubyte', idxHead(40, 28, 28), /expected at most 512 MB of pixels/],
    ['CSV', 'huge.csv', Buffer.from('label,a,b,c,d\n1,2,3,4,5\n'), /huge\.csv: expected at most 512 MB/],
    ['picture', 'huge.png', PNG, /huge\.png: expected image files of at most 50 MB, received 2048 MB/],
    ['unknown kind', 'huge.bin', Buffer.alloc(0), /received .*huge\.bin/],
  ])('two gigabytes of %s', async (_kind, name, head, message) => {
    const path = join(folder, name);
    const sparse = await open(path, 'w');
    await sparse.write(head, 0, head.length, 0);
    await sparse.truncate(2 ** 31 + 5);
    await sparse.close();
    const labelsPath = join(folder, 'labels.gz');
    await writeFile(labelsPath, labels.buffer);
    const withLabels = name.includes('idx') ? [path, labelsPath] : [path];
    await page.locator('.data-sources input[type=file]').first().setInputFiles(withLabels);
    await told(message);
  });

  test('weights of another network', async () => {
    const data = new Float32Array(4);
    const other = writeSafetensors(new Map([['conv9.weight', { dtype: 'float32', shape: [2, 2], data }]]));
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      page.getByLabel('Open weights or run').setInputFiles({ name, mimeType: '', buffer });
    await choose('other.safetensors', Buffer.from(other));
    await told(/other\.safetensors: expected the weights of this very network, received missing conv1\.weight/);
    await page.getByRole('button', { name: /^Dismiss/ }).click();
    await choose('junk.pth', Buffer.from('junk'));
    await told(/junk\.pth: expected weights as safetensors, \.pt or \.pth, received 4 bytes/);
  });

  test.each<[string, string, RegExp]>([
    ['unknown keys', hash('model: mlp\noptimizer: { lrr: 3 }'), /link:2:14 optimizer\.lrr: .*Write optimizer\.lr/],
    ['its end missing', '#c=y8lPTkksSVSwUkjOzy0oSi0uzszPUyhKLSw', /Its end is missing/],
    ['half a character', '#c=%E0%A4%A', /Its end is missing/],
    [
      'a network for a data centre',
      hash('model: { name: mlp, hidden: 1000000000 }\ndata: synthetic-digits'),
      /at most 512 MB/,
    ],
    [
      'more images than there are',
      hash('model: mlp\ndata: { name: synthetic-digits, trainCount: 1000000000 }'),
      /at most 512 MB of pixels/,
    ],
    [
      'images as large as a town',
      hash('model: mlp\ndata: { name: synthetic-digits, transforms: [{ resize: 1000000 }] }'),
      /4096 pixels a side/,
    ],
    ['a module of somebody’s own', hash('model: ./net.ts\ndata: synthetic-digits'), /Run this config with cnn-cli/],
    [
      'data that are not here',
      hash('model: tiny-cnn\ndata: { name: image-folder, path: ./cats }'),
      /Drop \.\/cats on the page/,
    ],
  ])('a link with %s', async (_name, bad, message) => {
    const good = await page.evaluate(() => location.hash);
    await page.evaluate((to) => {
      location.hash = to;
    }, bad);
    await told(message);
    await expect.poll(() => page.evaluate(() => location.hash)).toBe(good);
  });

  test('nothing went wrong on the way', () => {
    expect(chromium.problems).toEqual([]);
  });
});

function idxHead(...shape: number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.writeUInt32BE(0x0800 + shape.length, 0);
  shape.forEach((side, i) => {
    head.writeUInt32BE(side, 4 + 4 * i);
  });
  return head;
}
