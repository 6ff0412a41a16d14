import { type BrowserContext, chromium } from 'playwright';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { shuffledPoints } from '../shuffled-points.ts';
import { tinyFit } from '../tiny-fit.ts';
import type { WorkerRequest } from './training-worker.ts';

const executablePath = process.env.CHROMIUM_PATH;
if (!executablePath) console.warn('Skipped: training in a browser. Set CHROMIUM_PATH to the path of a Chromium.');

const ORIGIN = 'http://trainer.test/';

/** The worker and all it imports, as one module. */
async function bundledWorker(): Promise<string> {
  const bundles = await build({
    configFile: false,
    root: new URL('../..', import.meta.url).pathname,
    logLevel: 'error',
    resolve: { conditions: ['@cnn/source', 'module', 'browser', 'import', 'default'] },
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: new URL('training-worker.ts', import.meta.url).pathname },
    },
  });
  const { output } = (Array.isArray(bundles) ? bundles[0] : bundles) as Rollup.RollupOutput;
  return output[0].code;
}

/** Opens a tab, has a Worker train in it, and closes it. */
async function trainInTab(context: BrowserContext, request: WorkerRequest): Promise<unknown> {
  const page = await context.newPage();
  await page.goto(ORIGIN);
  const answer = await page.evaluate(
    (asked) =>
      new Promise((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(asked);
      }),
    request,
  );
  await page.close();
  return answer;
}

test.skipIf(!executablePath)(
  'a Worker trains, its tab is closed, and another goes on to the same numbers as Node',
  async () => {
    const worker = await bundledWorker();
    const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] });
    try {
      const context = await browser.newContext();
      await context.route(`${ORIGIN}**`, (route) =>
        route.request().url().endsWith('worker.js')
          ? route.fulfill({ contentType: 'text/javascript', body: worker })
          : route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Training</title>' }),
      );
      const files = ['best.safetensors', 'last.safetensors'];
      const first = await trainInTab(context, { stopAtStep: 8, resume: false });
      expect(first).toMatchObject({ status: 'stopped', steps: 8, errors: [], files, keepsLarge: true });
      const { history } = await tinyFit({ ...shuffledPoints(), epochs: 3 });
      expect(await trainInTab(context, { stopAtStep: null, resume: true })).toEqual({
        status: 'completed',
        steps: 15,
        errors: [],
        lossSums: history.map(({ train }) => train.lossSum),
        files,
        keepsLarge: true,
      });
    } finally {
      await browser.close();
    }
  },
);
