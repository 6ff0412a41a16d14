// Runs in a worker of a page in Chromium: starts the backend under the page's content security policy and computes.
import { CnnError } from '@cnn/core';
import * as tf from '@tensorflow/tfjs-core';
import { type SimdBackend, simdBackend } from '../../src/index.ts';

/** What the test asks of the page. */
export interface PolicyRequest {
  readonly wasmUrl?: string;
  /** How many of the backend's threads end with an error as soon as they are started. */
  readonly stillborn?: number;
  /** Ends the thread that has come up, without a word to anyone. */
  readonly silenced?: boolean;
}

/** What the page answers. */
export interface PolicyAnswer {
  readonly errorCode?: string;
  readonly remedy?: string;
  /** Whether a second thread came up within the time given. */
  readonly shared: boolean;
  /** Whether all results were those of one thread. */
  readonly same: boolean;
  /** Scripts of the threads that were started: `blob:` or a path. */
  readonly started: readonly string[];
}

const WAIT_MS = 5000;
const SIDE = 256;

async function run({ wasmUrl, stillborn = 0, silenced = false }: PolicyRequest): Promise<PolicyAnswer> {
  const threads = watchThreads(stillborn);
  try {
    await simdBackend(wasmUrl === undefined ? {} : { wasmUrl }).load({ threads: 2 });
  } catch (error) {
    if (!(error instanceof CnnError)) throw error;
    return { errorCode: error.code, remedy: error.message, shared: false, same: false, started: [] };
  }
  const backend = tf.backend() as SimdBackend;
  const matrix = tf.tensor2d(
    Float32Array.from({ length: SIDE * SIDE }, (_, i) => Math.sin(i)),
    [SIDE, SIDE],
  );
  const product = (): Float32Array => tf.tidy(() => tf.matMul(matrix, matrix).dataSync<'float32'>());
  backend.setThreads(1);
  const expected = product();
  const isExpected = (): boolean => product().every((value, i) => value === expected[i]);
  backend.setThreads(2);
  let same = isExpected();
  const until = performance.now() + WAIT_MS;
  while (!backend.workersUp && performance.now() < until) {
    same = isExpected() && same;
    // Deaths are events: the backend learns of them between jobs.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const shared = backend.workersUp;
  if (silenced) threads.instances.at(-1)?.terminate();
  for (let i = 0; i < 20; i++) same = isExpected() && same;
  return { shared, same, started: threads.scripts };
}

/** Sees the threads that are started, and lets the first ones die. */
function watchThreads(stillborn: number): { readonly scripts: string[]; readonly instances: Worker[] } {
  const scripts: string[] = [];
  const instances: Worker[] = [];
  const Original = globalThis.Worker;
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      const script = new URL(url, globalThis.location.href);
      const dead = URL.createObjectURL(new Blob(["throw new Error('dies')"]));
      super(scripts.length < stillborn ? dead : url, options);
      scripts.push(script.protocol === 'blob:' ? 'blob:' : script.pathname);
      instances.push(this);
    }
  };
  return { scripts, instances };
}

function runInWorker(request: PolicyRequest): Promise<PolicyAnswer> {
  const worker = new Worker('/page.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<{ answer?: PolicyAnswer; error?: string }>) => {
      worker.terminate();
      if (data.answer) resolve(data.answer);
      else reject(new Error(data.error));
    });
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage(request);
  });
}

if ('document' in globalThis) {
  Object.assign(globalThis, { runUnderPolicy: runInWorker });
} else {
  globalThis.addEventListener('message', ({ data }: MessageEvent<PolicyRequest>) => {
    run(data).then(
      (answer) => globalThis.postMessage({ answer }),
      (error: unknown) => globalThis.postMessage({ error: String(error) }),
    );
  });
}
