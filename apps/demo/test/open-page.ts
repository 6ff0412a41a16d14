import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { buildPage } from './build-page.ts';
import { type StaticServer, staticServer } from './static-server.ts';

/** Where Chromium is. */
export const CHROMIUM: string = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is a Chromium to try the page in. */
export const hasChromium: boolean = existsSync(CHROMIUM);
if (!hasChromium) console.log(`Skipped: no Chromium at ${CHROMIUM}. Set CHROMIUM_PATH to have the page tried in it.`);

/** WebGPU without a graphics card. */
export const SWIFTSHADER: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

export interface OpenBrowserOptions {
  /** More flags for Chromium. */
  readonly args?: readonly string[];
  /** Whether the host sends COOP and COEP headers. Default true. */
  readonly isolated?: boolean;
}

/** A browser with the built page on a host of its own. */
export interface OpenBrowser {
  readonly browser: Browser;
  readonly url: string;
  /** What went wrong in any page, for `expect(problems).toEqual([])`. */
  readonly problems: string[];
  /** A fresh profile, as a person on another machine has. `hash` is appended to the address. */
  open(options?: BrowserContextOptions & { readonly hash?: string }): Promise<Page>;
  /** Another page in the profile of `context`. */
  reopen(context: BrowserContext, hash?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Builds the page where that is due, serves it and starts Chromium. */
export async function openBrowser({ args = [], isolated = true }: OpenBrowserOptions = {}): Promise<OpenBrowser> {
  const server: StaticServer = await staticServer(await buildPage(), { isolated });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', ...args] });
  const problems: string[] = [];
  const reopen = async (context: BrowserContext, hash = ''): Promise<Page> => {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(server.url + hash);
    return page;
  };
  return {
    browser,
    url: server.url,
    problems,
    reopen,
    async open({ hash, ...options } = {}) {
      return reopen(await browser.newContext(options), hash);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** The number under a name of the run bar, such as `Step`. */
export async function reading(page: Page, name: string): Promise<number> {
  const text = await page.locator(`.run-bar dt:text-is("${name}") + dd`).textContent();
  return Number.parseFloat((text ?? '').replaceAll(',', ''));
}

/** Resolves when the run can be played. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.run-bar[aria-busy=false]').waitFor();
}
