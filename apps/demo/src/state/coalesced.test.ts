import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { coalesced } from './coalesced.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a task that is often asked for', () => {
  test('is done once for many requests, and no oftener than it may', async () => {
    let done = 0;
    const task = coalesced(
      async () => {
        done++;
      },
      { everyMs: 100 },
    );
    for (let i = 0; i < 45; i++) {
      task.request();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(done).toBe(5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toBe(6); // after the last request
    await vi.advanceTimersByTimeAsync(1000);
    expect(done).toBe(6);
  });

  test('is never done twice at a time, and one that takes long leaves room', async () => {
    let running = 0;
    let done = 0;
    const task = coalesced(
      async () => {
        expect(++running).toBe(1);
        await wait(200);
        running--;
        done++;
      },
      { everyMs: 100, share: 0.25 },
    );
    for (let i = 0; i < 160; i++) {
      task.request();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(done).toBe(2); // 200 ms of every 800
  });

  test('that never ends is given up', async () => {
    let begun = 0;
    const task = coalesced(
      () => {
        begun++;
        return new Promise<void>(() => undefined);
      },
      { everyMs: 100, share: 1, patienceMs: 1000 },
    );
    task.request();
    await vi.advanceTimersByTimeAsync(50);
    task.request();
    await vi.advanceTimersByTimeAsync(900);
    expect(begun).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(begun).toBe(2);
  });

  test('is not done when it was called off', async () => {
    let done = 0;
    const task = coalesced(
      async () => {
        done++;
      },
      { everyMs: 100 },
    );
    task.request();
    task.cancel();
    await vi.advanceTimersByTimeAsync(500);
    expect(done).toBe(0);
  });
});
