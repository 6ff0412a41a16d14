import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workerSource } from '../../src/threads/worker-source.ts';
import { servePage } from './page-server.ts';
import type { PolicyAnswer, PolicyRequest } from './policy-page.ts';

const CHROMIUM_PATH = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const GENERATED = fileURLToPath(new URL('../../src/wasm/generated/', import.meta.url));
const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const WITH_BLOBS = `${STRICT}; worker-src 'self' blob:`;
const WITHOUT_WASM = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self' blob:";

describe.skipIf(!existsSync(CHROMIUM_PATH))('the backend under a content security policy, in Chromium', () => {
  const directory = mkdtempSync(join(tmpdir(), 'policy-page-'));
  const folders = { '/': directory, '/kernels/': join(directory, 'kernels'), '/no-worker/': join(directory, 'alone') };
  let browser: Browser;

  beforeAll(async () => {
    await build({
      entryPoints: { page: fileURLToPath(new URL('policy-page.ts', import.meta.url)) },
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
    for (const folder of [folders['/kernels/'], folders['/no-worker/']]) {
      mkdirSync(folder);
      for (const level of ['simd', 'relaxed']) {
        copyFileSync(join(GENERATED, `cnn-kernels-${level}.wasm`), join(folder, `cnn-kernels-${level}.wasm`));
      }
    }
    writeFileSync(join(folders['/kernels/'], 'cnn-kernels-worker.js'), workerSource);
    browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function ask(policy: string, request: PolicyRequest): Promise<PolicyAnswer> {
    const server = await servePage(folders, true, { 'Content-Security-Policy': policy });
    const page = await browser.newPage();
    try {
      await page.goto(server.url);
      // Playwright's own waiting evaluates text, which these policies forbid.
      await expect.poll(() => page.evaluate(() => 'runUnderPolicy' in globalThis)).toBe(true);
      return await page.evaluate((asked): Promise<PolicyAnswer> => {
        return Reflect.get(globalThis, 'runUnderPolicy')(asked);
      }, request);
    } finally {
      await page.close();
      await server.close();
    }
  }

  it("needs neither unsafe-eval nor blob: where kernels and threads come from the page's own server", async () => {
    const answer = await ask(STRICT, { wasmUrl: '/kernels/' });
    expect(answer).toEqual({ shared: true, same: true, started: ['/kernels/cnn-kernels-worker.js'] });
  });

  it('starts threads from blobs where the policy allows them, and from nothing else', async () => {
    expect(await ask(WITH_BLOBS, {})).toEqual({ shared: true, same: true, started: ['blob:'] });
    const answer = await ask(WITH_BLOBS, { wasmUrl: '/no-worker/' });
    expect(answer).toEqual({ shared: true, same: true, started: ['/no-worker/cnn-kernels-worker.js', 'blob:'] });
  });

  it('computes alone where the policy allows no thread', async () => {
    const answer = await ask(STRICT, {});
    expect(answer).toMatchObject({ shared: false, same: true });
  });

  it('says what the policy must allow, and which address cannot be read', async () => {
    const forbidden = await ask(WITHOUT_WASM, {});
    expect(forbidden.errorCode).toBe('unsupported');
    expect(forbidden.remedy).toContain('wasm-unsafe-eval');
    const missing = await ask(STRICT, { wasmUrl: '/nowhere/' });
    expect(missing.errorCode).toBe('network');
    expect(missing.remedy).toMatch(/nowhere\/cnn-kernels-\w+\.wasm \(HTTP 404\)/);
  });

  it('replaces threads that die, and gives the same results when one is ended in silence', async () => {
    const replaced = await ask(WITH_BLOBS, { stillborn: 2 });
    expect(replaced).toEqual({ shared: true, same: true, started: ['blob:', 'blob:', 'blob:'] });
    expect(await ask(WITH_BLOBS, { silenced: true })).toMatchObject({ shared: true, same: true });
  });
});
