// Runs in Chromium, in a page and in a worker of it: loads a backend by name and checks its conformance.
import { type BackendDriver, cpuBackend, wasmBackend, webglBackend, webgpuBackend } from '@cnn/core';
import { type ConformanceReport, type ConformanceTag, checkConformance, conformanceCases } from '@cnn/core/conformance';
import { simdBackend } from '../../src/index.ts';

/** What the test asks of the page. */
export interface ConformanceRequest {
  readonly backend: 'simd' | 'cpu' | 'wasm' | 'webgl' | 'webgpu';
  readonly threads: number;
  /** Runs in a worker of the page, which may block and so share its work among threads. */
  readonly inWorker: boolean;
  readonly without: readonly ConformanceTag[];
  /** Takes every n-th case. */
  readonly every: number;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

/** What the page answers. */
export interface ConformanceAnswer {
  readonly report: ConformanceReport;
  readonly threads: number;
  readonly isolated: boolean;
}

const DRIVERS: Record<ConformanceRequest['backend'], () => BackendDriver> = {
  simd: () => simdBackend(),
  cpu: () => cpuBackend(),
  wasm: () => wasmBackend({ path: '/tfjs-wasm/' }),
  webgl: () => webglBackend(),
  webgpu: () => webgpuBackend(),
};

async function run(request: ConformanceRequest): Promise<ConformanceAnswer> {
  const { backend, threads, without, every, tolerance } = request;
  const details = await DRIVERS[backend]().load({ threads });
  const cases = conformanceCases({ without }).filter((_, i) => i % every === 0);
  const report = await checkConformance(details.tfjsName, { cases, tolerance });
  return { report, threads: details.threads, isolated: globalThis.crossOriginIsolated };
}

function runInWorker(request: ConformanceRequest): Promise<ConformanceAnswer> {
  const worker = new Worker('/page.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<{ answer?: ConformanceAnswer; error?: string }>) => {
      worker.terminate();
      if (data.answer) resolve(data.answer);
      else reject(new Error(data.error));
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(request);
  });
}

if ('document' in globalThis) {
  const runConformance = (request: ConformanceRequest): Promise<ConformanceAnswer> =>
    request.inWorker ? runInWorker(request) : run(request);
  Object.assign(globalThis, { runConformance });
} else {
  globalThis.addEventListener('message', ({ data }: MessageEvent<ConformanceRequest>) => {
    run(data).then(
      (answer) => globalThis.postMessage({ answer }),
      (error: unknown) => globalThis.postMessage({ error: String(error) }),
    );
  });
}
