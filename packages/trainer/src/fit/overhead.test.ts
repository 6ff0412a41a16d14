import type { Batch } from '@cnn/core';
import { scalar } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { tinyFit } from '../../test/tiny-fit.ts';
import { jsonLines } from '../callbacks/json-lines.ts';
import { nanGuard } from '../callbacks/nan-guard.ts';
import { progressBar } from '../callbacks/progress-bar.ts';
import { memoryText } from '../text/memory-text.ts';

const STEPS = 2000;

/** A step of tiny-cnn (batch 64) takes over 2 ms on the fastest backend: 2 % of it. */
const ALLOWED_MICROSECONDS = 40;

test('the loop with its usual callbacks costs little beside a step', async () => {
  const batch: Batch = {
    inputs: { data: new Float32Array(2), shape: [1, 2] },
    targets: { data: Int32Array.of(0), shape: [1] },
    indices: Int32Array.of(0),
    size: 1,
  };
  const data = {
    length: STEPS,
    async *[Symbol.asyncIterator]() {
      for (let index = 0; index < STEPS; index++) yield batch;
    },
  };
  const stream = { write: () => true, isTTY: true, columns: 80 };
  const spent: number[] = [];
  for (let trial = 0; trial < 8; trial++) {
    const callbacks = [jsonLines({ file: memoryText() }), nanGuard(), progressBar({ stream })];
    const before = process.cpuUsage();
    await tinyFit({ data, step: () => scalar(1), callbacks });
    const { user, system } = process.cpuUsage(before);
    spent.push((user + system) / STEPS);
  }
  // Time of the processor, since the machine has other work; the first trials also compile.
  expect(Math.min(...spent)).toBeLessThan(ALLOWED_MICROSECONDS);
});
