import { cpus } from 'node:os';
import type { Browser, Page } from 'playwright';

/** A task of the page's main thread, in milliseconds. */
export interface MainThreadTask {
  /** On the clock. */
  readonly wallMs: number;
  /** Of computing: without what it waited for a processor. */
  readonly threadMs: number;
}

/** What the main thread of a page did meanwhile. */
export interface MainThreadReport {
  readonly seconds: number;
  /** Tasks over 50 ms, as `PerformanceObserver` tells of them. */
  readonly longTasksMs: readonly number[];
  /** Tasks as the browser's own trace has them, the longest first. */
  readonly tasks: readonly MainThreadTask[];
  /** Share of the machine's time that went neither to the browser nor to this test, nor was left: 0 to 1. */
  readonly others: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: {
    readonly name?: string;
    readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string };
  };
}

/** Watches the main thread of `page` while `work` goes on. */
export async function watchMainThread(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<MainThreadReport> {
  await page.evaluate(() => {
    const entries: PerformanceEntry[] = [];
    Reflect.set(window, 'longTasks', entries);
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type: 'longtask' });
  });
  await browser.startTracing(page, { categories: ['-*', 'toplevel'] });
  await page.evaluate(() => (Reflect.get(window, 'longTasks') as unknown[]).splice(0)); // what starting took
  const begun = await machineTime(browser);
  await work();
  const ended = await machineTime(browser);
  const longTasksMs = await page.evaluate(() =>
    (Reflect.get(window, 'longTasks') as PerformanceEntry[]).map(({ duration }) => Math.round(duration)),
  );
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const seconds = ended.clock - begun.clock;
  const idle = ended.idle - begun.idle;
  const own = ended.own - begun.own;
  return {
    seconds,
    longTasksMs,
    tasks: mainThreadTasks(trace.traceEvents),
    others: Math.max(0, 1 - (idle + own) / (seconds * cpus().length)),
  };
}

/** Seconds: of the clock, that the processors had nothing to do, and that the browser and this process computed. */
async function machineTime(browser: Browser): Promise<{ clock: number; idle: number; own: number }> {
  const devTools = await browser.newBrowserCDPSession();
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo');
  await devTools.detach();
  const { user, system } = process.cpuUsage();
  return {
    clock: performance.now() / 1000,
    idle: cpus().reduce((sum, { times }) => sum + times.idle, 0) / 1000,
    own: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, (user + system) / 1e6),
  };
}

/** Of the thread that had most to do of all main threads: the others belong to pages that the browser keeps in stock. */
function mainThreadTasks(events: readonly TraceEvent[]): MainThreadTask[] {
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const isMain = ({ name, args }: TraceEvent): boolean => name === 'thread_name' && args?.name === 'CrRendererMain';
  const threads = events.filter(isMain).map((event) => events.filter((other) => threadOf(other) === threadOf(event)));
  const [busiest = []] = threads.toSorted((a, b) => b.length - a.length);
  // What the test itself has done through the developer tools is no task of the page.
  const asked = busiest.filter(({ args }) =>
    args?.chrome_mojo_event_info?.mojo_interface_tag?.startsWith('blink.mojom.DevTools'),
  );
  return busiest
    .filter(({ ph, name }) => ph === 'X' && name.endsWith('RunTask'))
    .filter(({ ts, dur = 0 }) => !asked.some((event) => event.ts >= ts && event.ts <= ts + dur))
    .map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1000, threadMs: tdur / 1000 }))
    .toSorted((a, b) => b.wallMs - a.wallMs);
}
