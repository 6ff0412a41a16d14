import { CnnError } from '@cnn/core';
import { afterEach, describe, expect, it } from 'vitest';
import { LinearMemory } from '../memory/linear-memory.ts';
import { chooseFeatureLevel } from '../wasm/feature-level.ts';
import { loadWasm } from '../wasm/load-wasm.ts';
import { JobSlot } from './job-slot.ts';
import { SLOT } from './slot-layout.ts';
import { type SpawnedWorker, type SpawnWorker, type WorkerParts, workerSpawner } from './spawn-worker.ts';
import { type Job, TaskRunner } from './task-runner.ts';
import { WorkerPool } from './worker-pool.ts';

const SIZE = 4096 * 64;

const spawnWorker: SpawnWorker = workerSpawner(undefined);

/** A runner with threads of its own, its memory and a job `y = max(x, 0)` of 64 tasks. */
async function createRunner(threads: number, options: { spawn?: SpawnWorker; stallMs?: number } = {}) {
  const module = await loadWasm(chooseFeatureLevel('auto'), { url: undefined, shared: true });
  const memory = new LinearMemory({ shared: true, maximumBytes: 64 * 2 ** 20 });
  const { spawn = spawnWorker, ...rest } = options;
  const pool = new WorkerPool({ module, memory, threads, spawn });
  const instance = await WebAssembly.instantiate(module, { env: { memory: memory.memory } });
  const runner = new TaskRunner({ instance, memory, pool, ...rest });
  const [x, y] = [memory.allocate(SIZE * 4).pointer, memory.allocate(SIZE * 4).pointer];
  memory.floats(x, SIZE).forEach((_, i, values) => {
    values[i] = i % 7 === 0 ? -i : i;
  });
  const job: Job = { kernel: 'relu', args: [x, y, SIZE], tasks: 64, work: 1e9 };
  const check = (): void => {
    const [input, output] = [memory.floats(x, SIZE), memory.floats(y, SIZE)];
    expect(output.every((value, i) => value === Math.max(input[i]!, 0))).toBe(true);
    output.fill(-1);
  };
  pools.push(pool);
  return { runner, pool, memory, job, check };
}

const pools: WorkerPool[] = [];

describe('the task runner', () => {
  afterEach(() => {
    for (const pool of pools.splice(0)) pool.stop();
  });

  it('works alone until a worker has come up, then shares the work', async () => {
    const { runner, pool, job, check } = await createRunner(3);
    runner.run(job);
    check();
    await expect.poll(() => pool.available(), { timeout: 20_000 }).toBe(true);
    for (let i = 0; i < 200; i++) runner.run(job);
    check();
  });

  it('lets workers take part in jobs, not only the calling thread', async () => {
    const { runner, pool, memory, job } = await createRunner(2);
    await expect.poll(() => pool.available(), { timeout: 20_000 }).toBe(true);
    const slot = new JobSlot(memory);
    const kernel = pool.kernels.indexOf('relu');
    runner.run(job);
    // Nobody but a worker takes the chunks of a job that is posted by hand.
    slot.post({ ...job, kernel, chunks: 8, scratchPointer: 0, scratchStride: 0 });
    await expect.poll(() => Atomics.load(slot.words, SLOT.completed), { timeout: 20_000 }).toBe(8);
  });

  it('replaces a worker that died between jobs', async () => {
    const spawned: { worker: SpawnedWorker; parts: WorkerParts }[] = [];
    const spawn: SpawnWorker = (parts, onDeath) => {
      const worker = spawnWorker(parts, onDeath);
      spawned.push({ worker, parts });
      return worker;
    };
    const { runner, pool, job, check } = await createRunner(2, { spawn });
    await expect.poll(() => pool.available(), { timeout: 20_000 }).toBe(true);
    spawned[0]!.worker.terminate();
    runner.run(job);
    check();
    const replaced = (): number => {
      pool.available();
      return spawned.length;
    };
    await expect.poll(replaced, { timeout: 20_000 }).toBe(2);
    expect(spawned[1]!.parts.index).toBe(1);
    runner.run(job);
    check();
  });

  it('finishes a job whose worker died with a part of it in hand', async () => {
    const { runner, pool, job, check } = await createRunner(2, { spawn: spawnDyingWorker, stallMs: 200 });
    await expect.poll(() => pool.available(), { timeout: 20_000 }).toBe(true);
    let longestMs = 0;
    for (const deadline = performance.now() + 20_000; longestMs < 200 && performance.now() < deadline; ) {
      const start = performance.now();
      runner.run(job);
      longestMs = Math.max(longestMs, performance.now() - start);
      check();
    }
    // Once it had to wait for a part that nobody would deliver.
    expect(longestMs).toBeGreaterThan(200);
  });

  it('refuses to guess the state of tensors whose update in place broke off', async () => {
    const { runner, pool, job } = await createRunner(2, { spawn: spawnDyingWorker, stallMs: 200 });
    await expect.poll(() => pool.available(), { timeout: 20_000 }).toBe(true);
    let error: unknown;
    try {
      for (const deadline = performance.now() + 20_000; performance.now() < deadline; ) {
        runner.run({ ...job, inPlace: true });
      }
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(CnnError);
    expect(error).toMatchObject({ code: 'aborted' });
  });

  it('works alone where workers cannot be had', async () => {
    const spawn: SpawnWorker = () => {
      throw new Error('worker-src forbids it');
    };
    const { runner, pool, job, check } = await createRunner(4, { spawn });
    runner.run(job);
    check();
    expect(pool.available()).toBe(false);
  });

  it('changes the number of threads between jobs', async () => {
    const { runner, pool, job, check } = await createRunner(1);
    for (const threads of [3, 2, 1, 2]) {
      pool.resize(threads);
      expect(pool.threads).toBe(threads);
      runner.run(job);
      check();
    }
  });
});

/** A worker that takes one chunk of a job, as ours do, and dies before it has computed it. */
function spawnDyingWorker(parts: WorkerParts, onDeath: () => void): SpawnedWorker {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const program = `
    const { workerData: { memory, slotPointer } } = require('node:worker_threads');
    const words = new Int32Array(memory.buffer, slotPointer);
    Atomics.add(words, ${SLOT.started}, 1);
    for (;;) {
      const ticket = Atomics.load(words, ${SLOT.ticket});
      if ((ticket & 4095) >= words[${SLOT.chunks}]) continue;
      if (Atomics.compareExchange(words, ${SLOT.ticket}, ticket, ticket + 1) === ticket) process.exit();
    }`;
  const worker = new Worker(program, { eval: true, workerData: parts, execArgv: [] });
  worker.once('exit', onDeath);
  worker.unref();
  return { terminate: () => void worker.terminate() };
}
