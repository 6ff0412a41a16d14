import { describe, expect, test } from 'vitest';
import { BetweenSteps } from './between-steps.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('work between steps', () => {
  test('begins at once while nothing trains, one after the other', async () => {
    const between = new BetweenSteps();
    const order: string[] = [];
    const slow = between.run(async () => {
      await pause(5);
      order.push('slow');
    });
    const quick = between.run(() => order.push('quick'));
    await Promise.all([slow, quick]);
    expect(order).toEqual(['slow', 'quick']);
  });

  test('one thing that follows the other at once is not forgotten', async () => {
    const between = new BetweenSteps();
    for (let i = 0; i < 10; i++) expect(await between.run(() => i)).toBe(i);
    for (let i = 0; i < 10; i++) expect(await between.run(async () => i)).toBe(i);
  });

  test('waits for the next gap while steps are taken', async () => {
    const between = new BetweenSteps();
    between.training = true;
    let done = false;
    const work = between.run(() => {
      done = true;
    });
    await pause(5);
    expect(done).toBe(false);
    await between.drain();
    await work;
    expect(done).toBe(true);
  });

  test('work in the background takes a tenth of the time; work that someone waits for goes before it', async () => {
    const between = new BetweenSteps();
    between.training = true;
    const first = between.run(() => pause(20), { background: true });
    await between.drain();
    await first;
    let background = 0;
    const second = between.run(() => ++background, { background: true });
    const urgent = between.run(() => 'now');
    await between.drain();
    expect(await urgent).toBe('now');
    expect(background).toBe(0);
    between.training = false; // nothing to slow down any more
    await second;
    expect(background).toBe(1);
  });

  test('an error is the caller’s, and the next one is served', async () => {
    const between = new BetweenSteps();
    const failing = between.run(() => {
      throw new Error('no such layer');
    });
    const next = between.run(() => 1);
    await expect(failing).rejects.toThrow('no such layer');
    expect(await next).toBe(1);
  });
});
