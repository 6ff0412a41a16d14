import type { Config } from '@cnn/cli/config';
import { Generator } from '@cnn/core';
import { describe, expect, test } from 'vitest';
import { IMPOSSIBLE, TINY } from '../../test/tiny-run.ts';
import { DataSources } from './data/data-sources.ts';
import { InspectionService } from './inspection-service.ts';
import { RunHost } from './run-host.ts';
import { RunService } from './run-service.ts';

/** More of them find more: `ROUNDS=200 vitest run run-service-orders`. */
const ROUNDS = Number(process.env.ROUNDS ?? 6);
const REQUESTS_A_ROUND = 25;

/** What a person in a hurry may ask for, some of it to be refused. `chance` is from 0 to 1. */
const REQUESTS: readonly ((run: RunService, chance: number) => unknown)[] = [
  (run) => run.play(),
  (run) => run.play(),
  (run) => run.pause(),
  (run) => run.pause(),
  (run) => run.step(1),
  (run) => run.step(3),
  (run) => run.epoch(),
  (run) => run.save(),
  (run) => run.file(),
  (run) => run.bringBack(),
  async (run) => run.openFile((await run.file()) ?? Uint8Array.of(1, 2, 3)),
  async (run) => {
    const kept = await run.kept();
    if (kept) await run.restore(kept);
  },
  (run) => run.open(TINY),
  (run, chance) => run.configure({ ...TINY, seed: Math.floor(chance * 3) }),
  (run, chance) => run.configure({ ...TINY, optimizer: { ...TINY.optimizer, lr: chance / 100 } }),
  (run, chance) =>
    run.configure({ ...TINY, data: { ...TINY.data, batchSize: chance < 0.5 ? 8 : 20 } as Config['data'] }),
  (run) => run.configure(IMPOSSIBLE),
  (run) => run.configure({ ...TINY, backend: 'cpu' }),
];

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('requests in any order and at any moment', () => {
  test.each(Array.from({ length: ROUNDS }, (_, seed) => [seed]))(
    'of seed %i are answered, and leave a run that trains',
    async (seed) => {
      const random = new Generator(seed);
      const host = new RunHost(new DataSources());
      const run = new RunService(host);
      const inspection = new InspectionService(host);
      let steps = 0;
      run.listen((event) => {
        if (event.type === 'steps') steps += event.steps.length;
      });
      await run.open(TINY);

      const answers: unknown[] = [];
      for (let count = 0; count < REQUESTS_A_ROUND; count++) {
        const request = REQUESTS[Math.floor(random.uniformDouble() * REQUESTS.length)];
        answers.push(settled(request?.(run, random.uniformDouble())));
        if (random.uniformDouble() < 0.3) answers.push(settled(inspection.statistics()));
        if (random.uniformDouble() < 0.5) await wait(random.uniformDouble() * 30);
      }
      await Promise.all(answers);

      const before = steps;
      const trained = (): boolean => steps > before || host.status === 'ended';
      await run.play();
      await expect.poll(trained, { interval: 5 }).toBe(true);
      if (steps === before) await run.play(); // it stood before its very end
      await expect.poll(() => steps, { interval: 5 }).toBeGreaterThan(before);
      run.pause();
      await expect.poll(() => host.status, { interval: 5 }).not.toBe('running');
    },
    30_000,
  );
});

/** Some of what is asked for is refused: that is an answer. */
async function settled(answer: unknown): Promise<void> {
  await Promise.allSettled([answer]);
}
