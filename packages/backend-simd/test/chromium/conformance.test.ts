import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConformanceAnswer, ConformanceRequest } from './conformance-page.ts';
import { servePage } from './page-server.ts';

const CHROMIUM_PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const WASM_FOLDER = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const DEFAULTS: Omit<ConformanceRequest, 'backend'> = {
  threads: 1,
  inWorker: false,
  without: [],
  every: 1,
  tolerance: { relative: 1e-5, absolute: 1e-6 },
};
/** Shaders are compiled and run by the processor here. Devices may compute with a few digits less than the default. */
const IN_SOFTWARE: Partial<ConformanceRequest> = { without: ['large'], every: 7 };

describe.skipIf(!existsSync(CHROMIUM_PATH))('backends in Chromium conform to the double precision reference', () => {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-page-'));
  let browser: Browser;

  beforeAll(async () => {
    await build({
      entryPoints: { page: fileURLToPath(new URL('conformance-page.ts', import.meta.url)) },
      outdir: directory,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      mainFields: ['browser', 'module', 'main'],
      conditions: ['@cnn/source'],
      external: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu', 'node:*'],
      logLevel: 'error',
    });
    browser = await chromium.launch({
      executablePath: CHROMIUM_PATH,
      args: ['--no-sandbox', '--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader', '--use-angle=swiftshader'],
    });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function check(request: ConformanceRequest, { isolated }: { isolated: boolean }): Promise<ConformanceAnswer> {
    const server = await servePage({ '/': directory, '/tfjs-wasm/': WASM_FOLDER }, isolated);
    const page = await browser.newPage();
    try {
      await page.goto(server.url);
      await page.waitForFunction(() => 'runConformance' in globalThis);
      return await page.evaluate((asked): Promise<ConformanceAnswer> => {
        return Reflect.get(globalThis, 'runConformance')(asked);
      }, request);
    } finally {
      await page.close();
      await server.close();
    }
  }

  it.each<
    [name: string, request: Pick<ConformanceRequest, 'backend'> & Partial<ConformanceRequest>, isolated: boolean]
  >([
    ['simd in a worker, two threads', { backend: 'simd', threads: 2, inWorker: true }, true],
    ['simd in the page itself', { backend: 'simd', threads: 2 }, false],
    ['cpu', { backend: 'cpu', without: ['large'] }, false],
    ['wasm', { backend: 'wasm' }, false],
    ['webgl', { backend: 'webgl', ...IN_SOFTWARE }, false],
    ['webgpu', { backend: 'webgpu', ...IN_SOFTWARE }, false],
  ])('%s', { timeout: 240_000 }, async (_, request, isolated) => {
    const answer = await check({ ...DEFAULTS, ...request }, { isolated });
    expect(answer.report.failures.filter(({ knownFault }) => knownFault === undefined)).toEqual([]);
    expect(answer.report.passed).toBeGreaterThan(350 / (request.every ?? 1));
    expect(answer.isolated).toBe(isolated);
    expect(answer.threads).toBe(isolated ? 2 : 1);
  });
});
