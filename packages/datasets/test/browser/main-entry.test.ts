import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { Generator } from '@cnn/core';
import { encode } from 'fast-png';
import { expect, onTestFinished, test } from 'vitest';
import { centerDigit, DataLoader, normalize, syntheticDigits } from '../../src/index.ts';
import { idxBytes } from '../idx-bytes.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { pageServer } from './page-server.ts';

const chromium = process.env.CHROMIUM_PATH;
if (!chromium) console.log('Skipped: CHROMIUM_PATH is not set, so there is no browser to test with.');

const hash = (values: Uint8Array | Float32Array): string => createHash('sha256').update(values).digest('hex');

test.skipIf(!chromium)('the main entry runs in a browser and gives the bytes that it gives in Node', async () => {
  const idx = Array.from(gzipSync(idxBytes([2, 2, 2])));
  const data = Uint8Array.of(10, 20, 30, 255, 40, 50, 60, 255, 0, 0, 0, 255, 255, 255, 255, 255);
  const png = Array.from(encode({ width: 2, height: 2, channels: 4, data }));
  const { url, report } = await pageServer(`
    try {
      const { browserReport } = await import('/packages/datasets/test/browser/checks.ts');
      const report = await browserReport(Uint8Array.from(${JSON.stringify(idx)}), Uint8Array.from(${JSON.stringify(png)}));
      await fetch('/report', { method: 'POST', body: JSON.stringify(report) });
    } catch (error) {
      await fetch('/report', { method: 'POST', body: JSON.stringify({ failed: String(error?.stack ?? error) }) });
    }
  `);
  const profile = await temporaryFolder();
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(chromium ?? '', [...flags, '--remote-debugging-port=0', url], { stdio: 'ignore' });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => browser.once('exit', resolve));
    browser.kill();
    await closed;
  });

  const digits = syntheticDigits({ count: 200 });
  const transforms = [normalize({ mean: [0.1307], std: [0.3081] })];
  const loader = new DataLoader(digits, { batchSize: 8, shuffle: true, generator: new Generator(1), transforms });
  const first = (await loader[Symbol.asyncIterator]().next()).value;
  expect(JSON.parse(await report)).toEqual({
    digits: hash(digits.pixels),
    firstBatch: hash(first?.inputs.data ?? new Float32Array(0)),
    idx: '2 2,2,1 4,5,6,7 1',
    csv: 'tiny.csv 2,4 1,0',
    truncated:
      'cut.gz: expected a complete gzip stream, received 30 bytes that are cut short or damaged. Delete the file and fetch it again.',
    decoded: '2,2,4 10,20,30,255,40,50,60,255',
    folder: 'three 2,2,1',
    broken:
      'broken.png: expected an image that can be decoded, received 8 bytes that cannot. Replace or remove the file.',
    centred: hash(centerDigit({ pixels: digits.get(7).pixels, shape: [28, 28, 1] }).pixels),
    fetched: '3',
  });
});
